import type { OvhProvider } from '../provider';
import { DOMAIN, type NovaProvider, type User } from '../provider/nova';
import type { ProviderLab } from './provider-lab';

/** What a program needs to know of the ovh provider; `rescue-lab up --json` prints it. */
export function ovhAddresses(provider: OvhProvider) {
  const { url, certificate, applicationKey, applicationSecret, consumerKey, oauth2 } = provider;
  const secure = certificate && { endpoint: `${url.replace('http:', 'https:')}/1.0`, certificate };
  return {
    endpoint: `${url}/1.0`,
    ...(secure && { https: secure }),
    applicationKey,
    applicationSecret,
    consumerKey,
    oauth2,
  };
}

/** The same for the nova provider; `environment` is what its command line clients read. */
export function novaAddresses(provider: NovaProvider) {
  const { authUrl, username, password, project, projectId, region, image, flavor, directory } = provider;
  const { url, sharedSecret } = provider.metadata;
  const { name: domain } = DOMAIN;
  return {
    authUrl,
    username,
    password,
    project,
    projectId,
    userDomain: domain,
    projectDomain: domain,
    region,
    image,
    flavor,
    environment: {
      OS_AUTH_URL: authUrl,
      OS_IDENTITY_API_VERSION: '3',
      OS_USERNAME: username,
      OS_PASSWORD: password,
      OS_PROJECT_NAME: project,
      // As Horizon's openrc files have both: gophercloud asks for it.
      OS_PROJECT_ID: projectId,
      OS_USER_DOMAIN_NAME: domain,
      OS_PROJECT_DOMAIN_NAME: domain,
      OS_REGION_NAME: region,
    },
    metadata: { url, sharedSecret },
    accounts: directory.users.map((user) => ({
      username: user.name,
      password: user.password,
      project: directory.projectsOf(user)[0]?.name,
      roles: rolesOf(user),
    })),
  };
}

/** The same for the cloud that speaks Rackspace's dialect: identity v2.0, API keys, a number for the tenant. */
function rackspaceAddresses(provider: NovaProvider) {
  const { authUrl, username, password, apiKey, projectId, region, image, flavor, directory } = provider;
  return {
    authUrl,
    username,
    apiKey,
    password,
    tenant: projectId,
    region,
    image,
    flavor,
    accounts: directory.users.map((user) => ({
      username: user.name,
      apiKey: user.apiKey,
      password: user.password,
      tenant: directory.projectsOf(user)[0]?.id,
      roles: rolesOf(user),
    })),
  };
}

/** As one text: people read it, and programs tell users apart by their names. */
function rolesOf(user: User): string {
  return [...user.roles.values()].flat().join(', ');
}

/** The JSON of `rescue-lab up --no-machines`. */
export function describeProviderLab({ ovh, nova, rackspace, panelUrl }: ProviderLab) {
  return {
    ...(ovh && {
      ovh: { ...ovhAddresses(ovh), accounts: accountsOf(ovh) },
    }),
    ...(nova && { nova: novaAddresses(nova) }),
    ...(rackspace && { rackspace: rackspaceAddresses(rackspace) }),
    panel: panelUrl,
    ...(ovh && {
      mail: { smtp: ovh.smtp, ...(ovh.inbox && { inbox: `${ovh.url}/inbox` }) },
    }),
    control: `${(ovh ?? nova ?? rackspace)?.url}/lab`,
    servers: [
      ...(ovh?.core.servers(ovh.core.accounts[0]?.nichandle) ?? []).map(
        ({ name, ip, mac, os, memory, hardware }) => ({
          name,
          provider: 'ovh',
          address: ip,
          mac,
          os,
          memory,
          state: hardware.power,
        }),
      ),
      ...cloudServers('nova', nova),
      ...cloudServers('rackspace', rackspace),
    ],
  };
}

/** The servers of the first customer. */
function cloudServers(provider: 'nova' | 'rackspace', cloud: NovaProvider | undefined) {
  return (cloud?.instances.list() ?? [])
    .filter(({ projectId }) => projectId === cloud?.projectId)
    .map(({ name, id, hypervisor }) => ({ name, provider, id, state: hypervisor.power }));
}

/** Each customer with the password for the validation page and the panel of consumer keys, and keys for every call. */
function accountsOf(ovh: OvhProvider) {
  return ovh.core.accounts.map(({ nichandle, email, password }, index) => ({
    nichandle,
    email,
    password: password.reveal(),
    consumerKey: index === 0 ? ovh.consumerKey : ovh.consumerKeyOf(nichandle),
    servers: ovh.core.servers(nichandle).map(({ name }) => name),
  }));
}
