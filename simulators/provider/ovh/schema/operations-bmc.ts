import type { Operation } from './operation';

/** The newer interface to the module of `features/ipmi`, which the provider's schema calls "internal use only". */
export const BMC_OPERATIONS = {
  'GET /dedicated/server/{serviceName}/features/bmc': {
    summary: 'The BMC',
    returns: 'dedicated.server.BMC',
  },
  'GET /dedicated/server/{serviceName}/features/bmc/javaKvm': {
    summary: 'An access by Java that was requested',
    query: { operationId: 'string' },
    returns: 'dedicated.server.BmcJavaKvmValue',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/javaKvm': {
    summary: 'Request an access to the console by Java',
    body: { ipToAllow: 'ipv4?', ttl: 'dedicated.server.CacheTTLEnum?' },
    returns: 'dedicated.server.Operation',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/restart': {
    summary: 'Restart the BMC',
    returns: 'dedicated.server.Operation',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/revokeSessions': {
    summary: 'End the sessions of the BMC',
    returns: 'dedicated.server.Operation',
  },
  'GET /dedicated/server/{serviceName}/features/bmc/sshSol': {
    summary: 'An access to the serial line by SSH that was requested',
    query: { operationId: 'string' },
    returns: 'dedicated.server.BmcSshSolValue',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/sshSol': {
    summary: 'Request an access to the serial line by SSH',
    body: { sshKey: 'string', ttl: 'dedicated.server.CacheTTLEnum?' },
    returns: 'dedicated.server.Operation',
  },
  'GET /dedicated/server/{serviceName}/features/bmc/test': {
    summary: 'The result of a test',
    query: { operationId: 'string', type: 'dedicated.server.BmcTestTypeEnum' },
    returns: 'dedicated.server.BmcTestResult',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/test': {
    summary: 'Test the BMC',
    body: { ttl: 'dedicated.server.CacheTTLEnum?', type: 'dedicated.server.BmcTestTypeEnum' },
    returns: 'dedicated.server.Operation',
  },
  'GET /dedicated/server/{serviceName}/features/bmc/webKvm': {
    summary: 'An access to the console in a browser that was requested',
    query: { operationId: 'string' },
    returns: 'dedicated.server.BmcWebKvmValue',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/webKvm': {
    summary: 'Request an access to the console in a browser',
    body: { ipToAllow: 'ipv4?', ttl: 'dedicated.server.CacheTTLEnum?' },
    returns: 'dedicated.server.Operation',
  },
  'GET /dedicated/server/{serviceName}/features/bmc/webSol': {
    summary: 'An access to the serial line in a browser that was requested',
    query: { operationId: 'string' },
    returns: 'dedicated.server.BmcWebSolValue',
  },
  'POST /dedicated/server/{serviceName}/features/bmc/webSol': {
    summary: 'Request an access to the serial line in a browser',
    body: { ipToAllow: 'ipv4?', ttl: 'dedicated.server.CacheTTLEnum?' },
    returns: 'dedicated.server.Operation',
  },
  'GET /dedicated/server/{serviceName}/operation': {
    summary: 'The jobs of the BMC',
    query: { function: 'dedicated.OperationFunctionEnum?', status: 'dedicated.TaskStatusEnum?' },
    returns: 'string[]',
  },
  'GET /dedicated/server/{serviceName}/operation/{operationId}': {
    summary: 'One job of the BMC',
    parameters: { operationId: 'string' },
    returns: 'dedicated.server.Operation',
  },
} as const satisfies Readonly<Record<string, Operation>>;
