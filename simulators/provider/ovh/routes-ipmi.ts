import type { DedicatedServer } from '../dedicated';
import { Refusal } from '../refusal';
import { calledServer, dateTime, type OvhCall, type OvhRoutes } from './call';
import { OvhError } from './errors';
import { taskAnswer } from './routes-task';

/** The console in a browser is the one access that this provider has. */
const OFFERED = 'kvmipHtml5URL';

const TESTS = { http: 'testIPMIhttp', password: 'testIPMIpassword', ping: 'testIPMIping' } as const;

/** A server without the module, and (as the panel says) a hacked one, has no console. The texts are our choice. */
export function calledModule(call: Pick<OvhCall, 'provider' | 'caller' | 'parameters'>): DedicatedServer {
  const server = calledServer(call);
  if (!server.ipmi) {
    throw new Refusal('not found', `The server ${server.name} has no IPMI module`);
  }
  if (server.state === 'hacked' || server.state === 'hackedBlocked') {
    throw new Refusal('forbidden', `The IPMI module of ${server.name} is disabled: the server is hacked`);
  }
  return server;
}

/** The IPMI module and the KVM. */
export const ipmiRoutes: OvhRoutes<
  | 'GET /dedicated/server/{serviceName}/features/ipmi'
  | 'GET /dedicated/server/{serviceName}/features/ipmi/access'
  | 'POST /dedicated/server/{serviceName}/features/ipmi/access'
  | 'GET /dedicated/server/{serviceName}/features/ipmi/test'
  | 'POST /dedicated/server/{serviceName}/features/ipmi/test'
  | 'POST /dedicated/server/{serviceName}/features/ipmi/resetInterface'
  | 'POST /dedicated/server/{serviceName}/features/ipmi/resetSessions'
  | 'GET /dedicated/server/{serviceName}/features/kvm'
> = {
  'GET /dedicated/server/{serviceName}/features/ipmi': (call) => {
    const { ipmi: activated } = calledServer(call);
    return {
      activated,
      supportedFeatures: {
        kvmipHtml5URL: activated,
        kvmipJnlp: false,
        serialOverLanSshKey: false,
        serialOverLanURL: false,
      },
    };
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/access': (call) => {
    const server = calledModule(call);
    const { type, ttl } = call.body;
    if (type !== OFFERED) {
      throw new OvhError('bad request', `The IPMI module of ${server.name} does not support ${type}`);
    }
    return taskAnswer(call.provider.consoles.request(server, { type, ttl }));
  },
  'GET /dedicated/server/{serviceName}/features/ipmi/access': (call) => {
    const server = calledModule(call);
    const { type } = call.query;
    const access = server.consoleAccesses.get(type);
    if (access === undefined || access.expiration <= call.provider.clock.now()) {
      throw new Refusal('not found', `There is no access of type ${type} to ${server.name}`);
    }
    return { value: access.value, expiration: dateTime(access.expiration) };
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/test': (call) =>
    taskAnswer(call.provider.consoles.maintain(calledModule(call), TESTS[call.body.type])),
  'GET /dedicated/server/{serviceName}/features/ipmi/test': (call) => {
    const server = calledModule(call);
    const last = call.provider.tasks.list(server.name, { function: TESTS[call.query.type] }).at(-1);
    const status = last?.status === 'done' ? 'OK' : 'KO';
    return last?.doneDate ? { date: dateTime(last.doneDate), status } : { date: null, status: null };
  },
  'POST /dedicated/server/{serviceName}/features/ipmi/resetInterface': (call) =>
    taskAnswer(call.provider.consoles.maintain(calledModule(call), 'resetIPMI')),
  'POST /dedicated/server/{serviceName}/features/ipmi/resetSessions': (call) =>
    taskAnswer(call.provider.consoles.maintain(calledModule(call), 'resetIPMISession')),
  // A physical KVM that is rented; that there is a 404 without one is inferred.
  'GET /dedicated/server/{serviceName}/features/kvm': (call) => {
    const { kvm, name } = calledServer(call);
    if (kvm === undefined || kvm.expiration <= call.provider.clock.now()) {
      throw new Refusal('not found', `The server ${name} has no KVM over IP`);
    }
    return { name: kvm.name, ip: kvm.ip, expiration: dateTime(kvm.expiration) };
  },
};
