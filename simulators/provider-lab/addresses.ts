import type { OvhProvider } from '../provider';
import type { NovaProvider } from '../provider/nova';
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

/** The same for the nova provider. */
export function novaAddresses({ authUrl, username, password, project, region, image, flavor }: NovaProvider) {
  return { authUrl, username, password, project, region, image, flavor };
}

/** The JSON of `rescue-lab up --no-machines`. */
export function describeProviderLab({ ovh, nova, panelUrl }: ProviderLab) {
  return {
    ...(ovh && {
      ovh: { ...ovhAddresses(ovh), accounts: accountsOf(ovh) },
    }),
    ...(nova && { nova: novaAddresses(nova) }),
    panel: panelUrl,
    ...(ovh && {
      mail: { smtp: ovh.smtp, ...(ovh.inbox && { inbox: `${ovh.url}/inbox` }) },
      control: `${ovh.url}/lab`,
    }),
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
      ...(nova ? [{ name: 'web-01', provider: 'nova', state: 'on' }] : []),
    ],
  };
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
