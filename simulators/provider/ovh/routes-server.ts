import type { DedicatedProvider, DedicatedServer, Region, ServerChanges } from '../dedicated';
import { calledServer, callerOf, dateTime, type OvhRoutes, ownServer } from './call';
import { OvhError } from './errors';
import { REGIONS } from './region';

/** The read-only fields of `dedicated.server.Dedicated`. */
function readOnlyFields(server: DedicatedServer, at: Region) {
  const region = `${REGIONS[at].name}-west-${server.datacenter.replace(/\d.*$/, '')}`;
  return {
    name: server.name,
    ip: server.ip,
    reverse: server.name,
    os: server.os,
    datacenter: server.datacenter,
    region,
    availabilityZone: `${region}-a`,
    rack: `${server.datacenter.toUpperCase()}A01`,
    serverId: server.serverId,
    commercialRange: 'advance',
    linkSpeed: 1000,
    supportLevel: 'pro' as const,
    professionalUse: false,
    newUpgradeSystem: true,
    powerState: server.hardware.power === 'on' ? ('poweron' as const) : ('poweroff' as const),
  };
}

function writableFields(server: DedicatedServer, provider: DedicatedProvider): Required<ServerChanges> {
  return {
    bootId: server.bootId,
    bootScript: server.bootScript,
    efiBootloaderPath: server.efiBootloaderPath,
    monitoring: server.monitoring,
    noIntervention: server.noIntervention,
    rescueMail: provider.read(server, 'rescueMail'),
    rescueSshKey: server.rescueSshKey,
    rootDevice: provider.read(server, 'rootDevice'),
    state: server.state,
  };
}

/** A rough look at an address; whether it can be reached shows when a mail is sent. */
const MAIL_ADDRESS = /^[^\s@]+@[^\s@]+$/;

const YEAR = 365 * 24 * 3_600_000;

/** `/dedicated/server` itself. */
export const serverRoutes: OvhRoutes<
  | 'GET /dedicated/server'
  | 'GET /dedicated/server/{serviceName}'
  | 'PUT /dedicated/server/{serviceName}'
  | 'GET /dedicated/server/{serviceName}/serviceInfos'
  | 'PUT /dedicated/server/{serviceName}/serviceInfos'
  | 'POST /dedicated/server/{serviceName}/authenticationSecret'
> = {
  'GET /dedicated/server': (call) => call.provider.servers(callerOf(call).nichandle).map(({ name }) => name),
  'GET /dedicated/server/{serviceName}': (call) => {
    const server = calledServer(call);
    const { region } = call.provider;
    return {
      ...readOnlyFields(server, region),
      ...writableFields(server, call.provider),
      iam: {
        id: server.iamId,
        urn: `urn:v1:${REGIONS[region].name}:resource:dedicatedServer:${server.name}`,
        displayName: server.name,
        tags: {},
      },
    };
  },
  'PUT /dedicated/server/{serviceName}': (call) => {
    const server = calledServer(call);
    const changes = call.body as ServerChanges;
    if (typeof changes.rescueMail === 'string' && !MAIL_ADDRESS.test(changes.rescueMail)) {
      throw new OvhError(
        'bad request',
        `Invalid parameter rescueMail: "${changes.rescueMail}" is not an e-mail address`,
      );
    }
    call.provider.change(server, changes);
  },
  'GET /dedicated/server/{serviceName}/serviceInfos': (call) => {
    const server = ownServer(call);
    return {
      serviceId: server.serverId,
      domain: server.name,
      status: server.service,
      creation: dateTime(server.created).slice(0, 10),
      expiration: dateTime(server.created + (server.service === 'ok' ? YEAR : 0)).slice(0, 10),
      engagedUpTo: null,
      contactAdmin: server.owner,
      contactBilling: server.owner,
      contactTech: server.owner,
      canDeleteAtExpiration: true,
      possibleRenewPeriod: [1, 3, 6, 12],
      renew: { ...server.renew, forced: false, manualPayment: false },
      renewalType: 'automaticV2016',
    };
  },
  'PUT /dedicated/server/{serviceName}/serviceInfos': (call) => {
    const server = ownServer(call);
    const renew = call.body['renew'] as Partial<DedicatedServer['renew']> | null | undefined;
    const { automatic, deleteAtExpiration, period } = { ...server.renew, ...renew };
    server.renew = { automatic, deleteAtExpiration, period };
  },
  'POST /dedicated/server/{serviceName}/authenticationSecret': (call) =>
    call.provider
      .logins(calledServer(call))
      // `password` is the id of a secret, not the password: /secret/retrieve turns it into one.
      .map(({ type, user, secretId }) => ({ type, url: null, user, password: secretId })),
};
