import type { DedicatedServer, Operation, OperationFunction } from '../dedicated';
import { Refusal } from '../refusal';
import { calledServer, dateTime, type OvhCall, type OvhRoutes } from './call';
import { OvhError } from './errors';
import { calledModule } from './routes-ipmi';
import type { Model, OperationName } from './schema';

const TESTS = { password: 'bmc/testPassword', ping: 'bmc/testPing', web: 'bmc/testWeb' } as const;

type ServerCall = Pick<OvhCall, 'provider' | 'caller' | 'parameters'>;
type SessionCall = ServerCall & { readonly query: { readonly operationId: string } };

/** `dedicated.server.Operation` */
function operationAnswer(operation: Operation): Model<'dedicated.server.Operation'> {
  const { operationId, status, comment, startDate, lastUpdate, doneDate } = operation;
  return {
    operationId,
    function: operation.function,
    status,
    comment,
    startDate: dateTime(startDate),
    lastUpdate: dateTime(lastUpdate),
    doneDate: doneDate === null ? null : dateTime(doneDate),
  };
}

function start(call: ServerCall, operation: OperationFunction, ttl?: number | null) {
  return operationAnswer(call.provider.bmc.start(calledModule(call), operation, ttl ?? undefined));
}

/** The console in a browser is the one access that this provider has; the text is ours. */
function unsupported({ name }: DedicatedServer, feature: string): never {
  throw new OvhError('bad request', `The BMC of ${name} does not support ${feature}`);
}

function session(call: SessionCall, operation: OperationFunction) {
  const { url, expiration } = call.provider.bmc.session(
    calledModule(call),
    operation,
    call.query.operationId,
  );
  return { url, expirationDate: dateTime(expiration) };
}

/** An access that nobody can have asked for. */
function none(call: SessionCall, operation: OperationFunction): never {
  session(call, operation);
  throw new Refusal('not found', `There is no ${operation} of this server`);
}

/** The BMC and its jobs. */
export const bmcRoutes: OvhRoutes<
  Extract<
    OperationName,
    `${string}/features/bmc${string}` | `${string}/operation` | `${string}/operation/{operationId}`
  >
> = {
  'GET /dedicated/server/{serviceName}/features/bmc': (call) => {
    const { ipmi: available } = calledServer(call);
    return {
      available,
      supportedFeatures: {
        javaKvm: false,
        sshSol: false,
        testPassword: available,
        testPing: available,
        testWeb: available,
        webKvm: available,
        webSol: false,
      },
    };
  },
  'POST /dedicated/server/{serviceName}/features/bmc/restart': (call) => start(call, 'bmc/restart'),
  'POST /dedicated/server/{serviceName}/features/bmc/revokeSessions': (call) =>
    start(call, 'bmc/revokeSessions'),
  'POST /dedicated/server/{serviceName}/features/bmc/webKvm': (call) =>
    start(call, 'bmc/webKvm', call.body.ttl),
  'GET /dedicated/server/{serviceName}/features/bmc/webKvm': (call) => {
    const { url = '', expirationDate } = session(call, 'bmc/webKvm');
    return { url, expirationDate };
  },
  'POST /dedicated/server/{serviceName}/features/bmc/test': (call) =>
    start(call, TESTS[call.body.type], call.body.ttl),
  'GET /dedicated/server/{serviceName}/features/bmc/test': (call) => ({
    status: true,
    message: null,
    expirationDate: session(call, TESTS[call.query.type]).expirationDate,
  }),
  'POST /dedicated/server/{serviceName}/features/bmc/javaKvm': (call) =>
    unsupported(calledModule(call), 'javaKvm'),
  'GET /dedicated/server/{serviceName}/features/bmc/javaKvm': (call) => none(call, 'bmc/javaKvm'),
  'POST /dedicated/server/{serviceName}/features/bmc/sshSol': (call) =>
    unsupported(calledModule(call), 'sshSol'),
  'GET /dedicated/server/{serviceName}/features/bmc/sshSol': (call) => none(call, 'bmc/sshSol'),
  'POST /dedicated/server/{serviceName}/features/bmc/webSol': (call) =>
    unsupported(calledModule(call), 'webSol'),
  'GET /dedicated/server/{serviceName}/features/bmc/webSol': (call) => none(call, 'bmc/webSol'),
  'GET /dedicated/server/{serviceName}/operation': (call) => {
    const { status, function: operation } = call.query;
    const filter = { ...(status && { status }), ...(operation && { function: operation }) };
    return call.provider.bmc.list(calledServer(call), filter).map(({ operationId }) => operationId);
  },
  'GET /dedicated/server/{serviceName}/operation/{operationId}': (call) =>
    operationAnswer(call.provider.bmc.get(calledServer(call), call.parameters.operationId)),
};
