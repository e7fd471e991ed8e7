import type { BootEntry, DedicatedProvider, DedicatedServer } from '../dedicated';
import { Refusal } from '../refusal';
import { calledServer, type OvhRoutes } from './call';

function findBoot(provider: DedicatedProvider, server: DedicatedServer, bootId: number): BootEntry {
  const entry = provider.bootList(server).find((boot) => boot.bootId === bootId);
  if (entry === undefined) {
    throw new Refusal('not found', `The requested object (bootId = ${bootId}) does not exist`);
  }
  return entry;
}

/** The netboots of a server. */
export const bootRoutes: OvhRoutes<
  | 'GET /dedicated/server/{serviceName}/boot'
  | 'GET /dedicated/server/{serviceName}/boot/{bootId}'
  | 'GET /dedicated/server/{serviceName}/boot/{bootId}/option'
  | 'GET /dedicated/server/{serviceName}/boot/{bootId}/option/{option}'
> = {
  'GET /dedicated/server/{serviceName}/boot': (call) =>
    call.provider
      .bootList(calledServer(call))
      .filter(({ bootType }) => call.query.bootType === undefined || bootType === call.query.bootType)
      .map(({ bootId }) => bootId),
  'GET /dedicated/server/{serviceName}/boot/{bootId}': (call) => {
    const entry = findBoot(call.provider, calledServer(call), call.parameters.bootId);
    const { bootId, bootType, kernel, description } = entry;
    return { bootId, bootType, kernel, description };
  },
  'GET /dedicated/server/{serviceName}/boot/{bootId}/option': (call) => {
    const { options = [] } = findBoot(call.provider, calledServer(call), call.parameters.bootId);
    return options.map(({ option }) => option);
  },
  'GET /dedicated/server/{serviceName}/boot/{bootId}/option/{option}': (call) => {
    const name = call.parameters.option;
    const { options = [] } = findBoot(call.provider, calledServer(call), call.parameters.bootId);
    const found = options.find(({ option }) => option === name);
    if (found === undefined) {
      throw new Refusal('not found', `The requested object (option = ${name}) does not exist`);
    }
    return found;
  },
};
