import { z } from 'zod';
import type { DedicatedServer } from '../dedicated';
import type { Router } from '../http';
import { Refusal } from '../refusal';
import { bodyOf, calledServer, dateTime, queryOf, type SignedCall } from './call';
import { OvhError } from './errors';
import { taskAnswer } from './routes-task';

const ACCESS_TYPES = ['kvmipHtml5URL', 'kvmipJnlp', 'serialOverLanSshKey', 'serialOverLanURL'] as const;
/** The console in a browser is the one access that this provider has. */
const OFFERED = 'kvmipHtml5URL';
const MINUTES = z.union([z.literal(1), z.literal(3), z.literal(5), z.literal(10), z.literal(15)]);

const ACCESS_REQUEST = z.object({
  type: z.enum(ACCESS_TYPES),
  ttl: MINUTES,
  ipToAllow: z.ipv4().nullish(),
  sshKey: z.string().nullish(),
});

const TESTS = { http: 'testIPMIhttp', password: 'testIPMIpassword', ping: 'testIPMIping' } as const;
const TEST_TYPES = ['http', 'password', 'ping'] as const;
const TEST_REQUEST = z.object({ type: z.enum(TEST_TYPES), ttl: MINUTES });

/** A server without the module, and (as the panel says) a hacked one, has no console. The texts are our choice. */
function calledModule(call: SignedCall): DedicatedServer {
  const server = calledServer(call);
  if (!server.ipmi) {
    throw new Refusal('not found', `The server ${server.name} has no IPMI module`);
  }
  if (server.state === 'hacked' || server.state === 'hackedBlocked') {
    throw new Refusal('forbidden', `The IPMI module of ${server.name} is disabled: the server is hacked`);
  }
  return server;
}

export function ipmiRoutes(router: Router<SignedCall['context']>): void {
  const ipmi = '/dedicated/server/{serviceName}/features/ipmi';
  router
    .get(ipmi, (call) => {
      const { ipmi: activated } = calledServer(call);
      return Response.json({
        activated,
        supportedFeatures: Object.fromEntries(
          ACCESS_TYPES.map((type) => [type, activated && type === OFFERED]),
        ),
      });
    })
    .post(`${ipmi}/access`, async (call) => {
      const server = calledModule(call);
      const { type, ttl } = await bodyOf(call.request, ACCESS_REQUEST);
      if (type !== OFFERED) {
        throw new OvhError('bad request', `The IPMI module of ${server.name} does not support ${type}`);
      }
      return Response.json(taskAnswer(call.context.provider.requestConsole(server, { type, ttl })));
    })
    .get(`${ipmi}/access`, (call) => {
      const server = calledModule(call);
      const type = queryOf(call, 'type', ACCESS_TYPES);
      if (type === undefined) {
        throw new OvhError('bad request', 'The parameter type is required');
      }
      const access = server.consoleAccesses.get(type);
      if (access === undefined || access.expiration <= call.context.provider.clock.now()) {
        throw new Refusal('not found', `There is no access of type ${type} to ${server.name}`);
      }
      return Response.json({ value: access.value, expiration: dateTime(access.expiration) });
    })
    .post(`${ipmi}/test`, async (call) => {
      const server = calledModule(call);
      const { type } = await bodyOf(call.request, TEST_REQUEST);
      return Response.json(taskAnswer(call.context.provider.maintainConsole(server, TESTS[type])));
    })
    .get(`${ipmi}/test`, (call) => {
      const server = calledModule(call);
      const type = queryOf(call, 'type', TEST_TYPES);
      if (type === undefined) {
        throw new OvhError('bad request', 'The parameter type is required');
      }
      const last = call.context.provider.tasks.list(server.name, { function: TESTS[type] }).at(-1);
      return Response.json({
        date: last?.doneDate ? dateTime(last.doneDate) : null,
        status: last?.doneDate ? 'OK' : null,
      });
    })
    .post(`${ipmi}/resetInterface`, (call) =>
      Response.json(taskAnswer(call.context.provider.maintainConsole(calledModule(call), 'resetIPMI'))),
    )
    .post(`${ipmi}/resetSessions`, (call) =>
      Response.json(
        taskAnswer(call.context.provider.maintainConsole(calledModule(call), 'resetIPMISession')),
      ),
    );
}
