import type { BootEntry } from '../dedicated';
import type { Router } from '../http';
import { Refusal } from '../refusal';
import { calledNumber, calledServer, queryOf, type SignedCall } from './call';

const BOOT_TYPES = ['harddisk', 'internal', 'network', 'power', 'rescue'] as const;

function calledBoot(call: SignedCall): BootEntry {
  const bootId = calledNumber(call, 'bootId');
  const entry = call.context.provider.bootList(calledServer(call)).find((boot) => boot.bootId === bootId);
  if (entry === undefined) {
    throw new Refusal('not found', `The requested object (bootId = ${bootId}) does not exist`);
  }
  return entry;
}

export function bootRoutes(router: Router<SignedCall['context']>): void {
  const boot = '/dedicated/server/{serviceName}/boot';
  router
    .get(boot, (call) => {
      const bootType = queryOf(call, 'bootType', BOOT_TYPES);
      const entries = call.context.provider.bootList(calledServer(call));
      return Response.json(
        entries
          .filter((entry) => bootType === undefined || entry.bootType === bootType)
          .map((entry) => entry.bootId),
      );
    })
    .get(`${boot}/{bootId}`, (call) => {
      const { bootId, bootType, kernel, description } = calledBoot(call);
      return Response.json({ bootId, bootType, kernel, description });
    })
    .get(`${boot}/{bootId}/option`, (call) =>
      Response.json((calledBoot(call).options ?? []).map(({ option }) => option)),
    )
    .get(`${boot}/{bootId}/option/{option}`, (call) => {
      const name = call.parameters['option'];
      const found = calledBoot(call).options?.find(({ option }) => option === name);
      if (found === undefined) {
        throw new Refusal('not found', `The requested object (option = ${name}) does not exist`);
      }
      return Response.json(found);
    });
}
