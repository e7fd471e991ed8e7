import { z } from 'zod';
import type { DedicatedServer, ServerChanges } from '../dedicated';
import type { Router } from '../http';
import { bodyOf, calledServer, dateTime, done, type SignedCall } from './call';

/** The read-only fields of `dedicated.server.Dedicated`. */
function readOnlyFields(server: DedicatedServer) {
  const region = `eu-west-${server.datacenter.replace(/\d.*$/, '')}`;
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
    supportLevel: 'pro',
    professionalUse: false,
    newUpgradeSystem: true,
    powerState: server.hardware.power === 'on' ? 'poweron' : 'poweroff',
  };
}

function writableFields(server: DedicatedServer): Required<ServerChanges> {
  return {
    bootId: server.bootId,
    bootScript: server.bootScript,
    efiBootloaderPath: server.efiBootloaderPath,
    monitoring: server.monitoring,
    noIntervention: server.noIntervention,
    rescueMail: server.rescueMail,
    rescueSshKey: server.rescueSshKey,
    rootDevice: server.rootDevice,
    state: server.state,
  };
}

const WRITABLE = z
  .object({
    bootId: z.int().nullable(),
    bootScript: z.string().nullable(),
    efiBootloaderPath: z.string().nullable(),
    monitoring: z.boolean(),
    noIntervention: z.boolean(),
    rescueMail: z.email().nullable(),
    rescueSshKey: z.string().nullable(),
    rootDevice: z.string().nullable(),
    state: z.enum(['error', 'hacked', 'hackedBlocked', 'ok']),
  })
  .partial();

/** Drops what a client left out: zod keeps such fields as undefined, and a change must not set them. */
function given(changes: z.output<typeof WRITABLE>): ServerChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

/** `/dedicated/server` itself. In a PUT, read-only and unknown fields are ignored (our choice). */
export function serverRoutes(router: Router<SignedCall['context']>): void {
  router
    .get('/dedicated/server', ({ context }) =>
      Response.json(context.provider.servers(context.caller.nichandle).map(({ name }) => name)),
    )
    .get('/dedicated/server/{serviceName}', (call) => {
      const server = calledServer(call);
      return Response.json({
        ...readOnlyFields(server),
        ...writableFields(server),
        iam: {
          id: String(server.serverId),
          urn: `urn:v1:eu:resource:dedicatedServer:${server.name}`,
          displayName: server.name,
          tags: {},
        },
      });
    })
    .put('/dedicated/server/{serviceName}', async (call) => {
      const server = calledServer(call);
      call.context.provider.change(server, given(await bodyOf(call.request, WRITABLE)));
      return done();
    })
    .get('/dedicated/server/{serviceName}/serviceInfos', (call) => {
      const { context, parameters } = call;
      const server = context.provider.server(parameters['serviceName'] as string, context.caller.nichandle);
      const year = 365 * 24 * 3_600_000;
      return Response.json({
        serviceId: server.serverId,
        domain: server.name,
        status: server.service,
        creation: dateTime(server.created).slice(0, 10),
        expiration: dateTime(server.created + (server.service === 'ok' ? year : 0)).slice(0, 10),
        engagedUpTo: null,
        contactAdmin: server.owner,
        contactBilling: server.owner,
        contactTech: server.owner,
        canDeleteAtExpiration: true,
        possibleRenewPeriod: [1, 3, 6, 12],
        renew: {
          automatic: true,
          deleteAtExpiration: false,
          forced: false,
          manualPayment: false,
          period: 12,
        },
        renewalType: 'automaticV2016',
      });
    })
    .get('/dedicated/server/{serviceName}/intervention', (call) =>
      Response.json(calledServer(call).interventions.map(({ interventionId }) => interventionId)),
    )
    .post('/dedicated/server/{serviceName}/authenticationSecret', (call) =>
      Response.json(
        call.context.provider
          .credentials(calledServer(call))
          // `password` is the id of a secret, not the password: /secret/retrieve turns it into one.
          .map(({ type, user, secretId }) => ({ type, url: null, user, password: secretId })),
      ),
    );
}
