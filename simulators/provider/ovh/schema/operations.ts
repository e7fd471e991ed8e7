import type { Operation } from './operation';
import { BMC_OPERATIONS } from './operations-bmc';

/** Every call that the simulator answers. */
export const OPERATIONS = {
  'GET /auth/time': {
    summary: 'Get the current time',
    returns: 'long',
    authentication: 'none',
  },
  'POST /auth/credential': {
    summary: 'Request a new credential',
    body: { accessRules: 'auth.AccessRule[]', allowedIPs: 'ipBlock[]?', redirection: 'string?' },
    returns: 'auth.Credential',
    authentication: 'application',
  },
  'GET /auth/currentCredential': {
    summary: 'Get the current credential',
    returns: 'api.Credential',
  },
  'GET /auth/details': { summary: 'Who is calling, and how', returns: 'auth.Details' },
  'POST /auth/logout': { summary: 'Expire the current credential' },
  'GET /me': { summary: 'Details of the account', returns: 'nichandle.Nichandle' },
  'GET /me/notification/email/history': {
    summary: 'Mails to the account',
    returns: 'long[]',
  },
  'GET /me/notification/email/history/{id}': {
    summary: 'One of them',
    parameters: { id: 'long' },
    returns: 'nichandle.emailNotification',
  },
  'POST /secret/retrieve': {
    summary: 'Retrieve a secret that was sent by mail',
    body: { id: 'string' },
    returns: 'secret.Secret',
    authentication: 'none',
  },
  'GET /dedicated/server': {
    summary: "The account's servers",
    query: { iamTags: 'any?' },
    returns: 'string[]',
  },
  'GET /dedicated/server/{serviceName}': {
    summary: 'One server',
    returns: 'dedicated.server.DedicatedWithIAM',
  },
  'PUT /dedicated/server/{serviceName}': {
    summary: 'Change a server',
    changes: 'dedicated.server.Dedicated',
  },
  'POST /dedicated/server/{serviceName}/authenticationSecret': {
    summary: 'The logins of the running system, with ids of secrets',
    returns: 'dedicated.server.Access[]',
  },
  'GET /dedicated/server/{serviceName}/boot': {
    summary: 'The netboots that the server can take',
    query: { bootType: 'dedicated.server.BootTypeEnum?' },
    returns: 'long[]',
  },
  'GET /dedicated/server/{serviceName}/boot/{bootId}': {
    summary: 'One netboot',
    parameters: { bootId: 'long' },
    returns: 'dedicated.server.Netboot',
  },
  'GET /dedicated/server/{serviceName}/boot/{bootId}/option': {
    summary: 'Its options',
    parameters: { bootId: 'long' },
    returns: 'dedicated.server.BootOptionEnum[]',
  },
  'GET /dedicated/server/{serviceName}/boot/{bootId}/option/{option}': {
    summary: 'One option',
    parameters: { bootId: 'long', option: 'dedicated.server.BootOptionEnum' },
    returns: 'dedicated.server.netbootOption',
  },
  ...BMC_OPERATIONS,
  'GET /dedicated/server/{serviceName}/features/ipmi': {
    summary: 'The IPMI module',
    returns: 'dedicated.server.Ipmi',
  },
  'GET /dedicated/server/{serviceName}/features/ipmi/access': {
    summary: 'An access to the console that was requested',
    query: { type: 'dedicated.server.IpmiAccessTypeEnum' },
    returns: 'dedicated.server.IpmiAccessValue',
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/access': {
    summary: 'Request an access to the console',
    body: {
      ipToAllow: 'ipv4?',
      sshKey: 'string?',
      ttl: 'dedicated.server.CacheTTLEnum',
      type: 'dedicated.server.IpmiAccessTypeEnum',
    },
    returns: 'dedicated.server.Task',
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/resetInterface': {
    summary: 'Restart the IPMI module',
    returns: 'dedicated.server.Task',
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/resetSessions': {
    summary: 'End the sessions of the IPMI module',
    returns: 'dedicated.server.Task',
  },
  'GET /dedicated/server/{serviceName}/features/ipmi/test': {
    summary: 'The result of a test',
    query: { type: 'dedicated.server.IpmiTestTypeEnum' },
    returns: 'dedicated.server.IpmiTestResult',
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/test': {
    summary: 'Test the IPMI module',
    body: { ttl: 'dedicated.server.CacheTTLEnum', type: 'dedicated.server.IpmiTestTypeEnum' },
    returns: 'dedicated.server.Task',
  },
  'GET /dedicated/server/{serviceName}/features/kvm': {
    summary: 'The KVM over IP',
    returns: 'dedicated.server.kvm',
  },
  'GET /dedicated/server/{serviceName}/install/status': {
    summary: 'How far an installation is',
    returns: 'dedicated.server.InstallationProgressStatus',
  },
  'GET /dedicated/server/{serviceName}/intervention': {
    summary: 'Technical interventions',
    returns: 'long[]',
  },
  'GET /dedicated/server/{serviceName}/intervention/{interventionId}': {
    summary: 'One intervention',
    parameters: { interventionId: 'long' },
    returns: 'dedicated.server.Intervention',
  },
  'GET /dedicated/server/{serviceName}/ongoing': {
    summary: 'Jobs under way',
    returns: 'dedicated.ExposedTask[]',
  },
  'POST /dedicated/server/{serviceName}/reboot': { summary: 'Hard reboot', returns: 'dedicated.server.Task' },
  'GET /dedicated/server/{serviceName}/serviceInfos': { summary: 'The service', returns: 'services.Service' },
  'PUT /dedicated/server/{serviceName}/serviceInfos': {
    summary: 'Change the service',
    changes: 'services.Service',
  },
  'GET /dedicated/server/{serviceName}/specifications/hardware': {
    summary: 'Hardware',
    returns: 'dedicated.server.HardwareSpecifications',
  },
  'GET /dedicated/server/{serviceName}/specifications/network': {
    summary: 'Network',
    returns: 'dedicated.server.NetworkSpecifications',
  },
  'GET /dedicated/server/{serviceName}/task': {
    summary: 'The jobs on the server',
    query: { function: 'dedicated.TaskFunctionEnum?', status: 'dedicated.TaskStatusEnum?' },
    returns: 'long[]',
  },
  'GET /dedicated/server/{serviceName}/task/{taskId}': {
    summary: 'One job',
    parameters: { taskId: 'long' },
    returns: 'dedicated.server.Task',
  },
  'GET /dedicated/server/{serviceName}/task/{taskId}/availableTimeslots': {
    summary: 'When a technician may carry out the job',
    parameters: { taskId: 'long' },
    query: { periodEnd: 'date', periodStart: 'date' },
    returns: 'dedicated.PlannedInterventionTimeSlot[]',
  },
  'POST /dedicated/server/{serviceName}/task/{taskId}/schedule': {
    summary: 'Say when a technician may carry out the job',
    parameters: { taskId: 'long' },
    body: { hasPerformedBackup: 'boolean', wantedBeginingDate: 'datetime' },
  },
  'POST /dedicated/server/{serviceName}/task/{taskId}/cancel': {
    summary: 'Stop a job, if that is possible',
    parameters: { taskId: 'long' },
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationName = keyof typeof OPERATIONS;

/** Every operation as what it is declared as. */
export const operation = (name: OperationName): Operation => OPERATIONS[name];

/** `GET /me` taken apart. */
export function operationParts(name: OperationName): { method: 'GET' | 'POST' | 'PUT'; path: string } {
  const space = name.indexOf(' ');
  return { method: name.slice(0, space) as 'GET' | 'POST' | 'PUT', path: name.slice(space + 1) };
}
