import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { NullPhysicalServer } from '../null-physical-server';
import { bootIdOf, call, SERVER_NAME, SERVER_PATH, startTestProvider, WINDOWS_SERVER } from '../testing';

const frozenClock = () => new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
const RESCUE_FILES = {
  'rescue-customer-windows': { kernel: '/boot/kernel', initrd: ['/boot/initrd'], commandLine: 'quiet' },
};

test('a reboot task lives from todo to done in lab time', async () => {
  const clock = frozenClock();
  await using provider = await startTestProvider({ clock, pace: { todo: 30_000, init: 20_000 } });
  const { body } = await call(provider, 'POST', `${SERVER_PATH}/reboot`);
  const { taskId } = body as { taskId: number };
  const status = async () =>
    ((await call(provider, 'GET', `${SERVER_PATH}/task/${taskId}`)).body as { status: string }).status;
  const seen = [await status()];
  await clock.advance(30_000);
  seen.push(await status());
  const ended = provider.events.waitFor('task-changed', (task) => task.status === 'done');
  await clock.advance(20_000);
  await ended;
  expect([...seen, await status()]).toEqual(['todo', 'init', 'done']);
  expect(await call(provider, 'GET', `${SERVER_PATH}/task/${taskId}`)).toMatchObject({
    body: {
      function: 'hardReboot',
      startDate: '2026-03-01T13:00:00+01:00',
      doneDate: '2026-03-01T13:00:50+01:00',
      needSchedule: false,
    },
  });
  expect((await call(provider, 'GET', `${SERVER_PATH}/task?function=hardReboot&status=done`)).body).toEqual([
    taskId,
  ]);
  expect((await call(provider, 'GET', `${SERVER_PATH}/task?status=todo`)).body).toEqual([]);
});

test('a second reboot is refused while the first is under way', async () => {
  await using provider = await startTestProvider({
    clock: frozenClock(),
    pace: { todo: 1000, init: 1000 },
  });
  const { body } = await call(provider, 'POST', `${SERVER_PATH}/reboot`);
  const { taskId } = body as { taskId: number };
  expect(await call(provider, 'POST', `${SERVER_PATH}/reboot`)).toMatchObject({
    status: 400,
    body: {
      class: 'Client::BadRequest::TaskAlreadyExists',
      message: `Task ${taskId} of type hardReboot with status todo is already running on server ${SERVER_NAME}`,
    },
  });
});

test('a task can be cancelled before its work begins, and not twice', async () => {
  await using provider = await startTestProvider({
    clock: frozenClock(),
    pace: { todo: 1000, init: 1000 },
  });
  const { body } = await call(provider, 'POST', `${SERVER_PATH}/reboot`);
  const path = `${SERVER_PATH}/task/${(body as { taskId: number }).taskId}`;
  expect(await call(provider, 'POST', `${path}/cancel`)).toMatchObject({ status: 200, body: undefined });
  expect(await call(provider, 'GET', path)).toMatchObject({ body: { status: 'cancelled' } });
  expect(await call(provider, 'POST', `${path}/cancel`)).toMatchObject({ status: 400 });
  expect(await call(provider, 'POST', `${SERVER_PATH}/reboot`)).toMatchObject({ status: 200 });
});

test('a new netboot takes effect at the next reboot only', async () => {
  await using provider = await startTestProvider();
  await provider.startNetboot(SERVER_NAME, { files: RESCUE_FILES });
  const server = provider.core.server(SERVER_NAME);
  const reboot = async () => {
    const ended = provider.events.waitFor('task-changed', ({ status }) => status === 'done');
    await call(provider, 'POST', `${SERVER_PATH}/reboot`);
    await ended;
    return server.boot?.entry.kernel;
  };
  expect(await reboot()).toBe('hd');
  await call(provider, 'PUT', SERVER_PATH, { bootId: bootIdOf(provider, 'rescue-customer-windows') });
  expect(server.boot?.entry.kernel).toBe('hd');
  expect((await call(provider, 'POST', `${SERVER_PATH}/authenticationSecret`)).body).toEqual([]);
  expect(await reboot()).toBe('rescue-customer-windows');
  // Forgetting to set the netboot back: the next reboot is into the rescue system again.
  expect(await reboot()).toBe('rescue-customer-windows');
});

test.each([
  [false, 1],
  [true, 0],
])(
  'a rescue system that never starts is an error; noIntervention %s: %i intervention',
  async (noIntervention, interventions) => {
    const clock = frozenClock();
    await using provider = await startTestProvider({
      clock,
      servers: [{ ...WINDOWS_SERVER, noIntervention, hardware: new NullPhysicalServer({ comesUp: false }) }],
      bootDeadline: 3_600_000,
    });
    await provider.startNetboot(SERVER_NAME, { files: RESCUE_FILES });
    await call(provider, 'PUT', SERVER_PATH, { bootId: bootIdOf(provider, 'rescue-customer-windows') });
    const { body } = await call(provider, 'POST', `${SERVER_PATH}/reboot`);
    const served = provider.events.waitFor('script-served');
    await served;
    const failed = provider.events.waitFor('task-changed', ({ status }) => status === 'ovhError');
    await clock.advance(3_600_000);
    await failed;
    expect(
      await call(provider, 'GET', `${SERVER_PATH}/task/${(body as { taskId: number }).taskId}`),
    ).toMatchObject({ body: { comment: `rescue-customer-windows did not start on ${SERVER_NAME}` } });
    expect((await call(provider, 'GET', `${SERVER_PATH}/intervention`)).body).toHaveLength(interventions);
    expect(provider.inbox?.mails).toEqual([]);
  },
);

test.each([
  ['has too little memory', { memory: 8 }],
  ['has no Windows', { os: 'debian12_64' }],
])('a server that %s cannot take the Windows rescue system', async (_name, difference) => {
  const servers = [{ ...WINDOWS_SERVER, ...difference }];
  {
    await using provider = await startTestProvider({ servers });
    const bootId = bootIdOf(provider, 'rescue-customer-windows');
    expect((await call(provider, 'GET', `${SERVER_PATH}/boot`)).body).not.toContain(bootId);
    expect(await call(provider, 'PUT', SERVER_PATH, { bootId })).toMatchObject({ status: 404 });
  }
  {
    await using provider = await startTestProvider({ servers, windowsRescue: { refusal: 'change' } });
    const bootId = bootIdOf(provider, 'rescue-customer-windows');
    expect((await call(provider, 'GET', `${SERVER_PATH}/boot`)).body).toContain(bootId);
    expect(await call(provider, 'PUT', SERVER_PATH, { bootId })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('rescue-customer-windows needs') },
    });
  }
  {
    await using provider = await startTestProvider({ servers, windowsRescue: { refusal: 'reboot' } });
    const failed = provider.events.waitFor('task-changed', ({ status }) => status === 'customerError');
    const bootId = bootIdOf(provider, 'rescue-customer-windows');
    expect(await call(provider, 'PUT', SERVER_PATH, { bootId })).toMatchObject({ status: 200 });
    await call(provider, 'POST', `${SERVER_PATH}/reboot`);
    await failed;
    expect(provider.core.server(SERVER_NAME).boot).toBeUndefined();
  }
});

test('a KVM access is a task, and its address is valid for the asked minutes', async () => {
  const clock = frozenClock();
  await using provider = await startTestProvider({
    clock,
    servers: [{ ...WINDOWS_SERVER, hardware: new NullPhysicalServer({ console: '127.1.2.3:5900' }) }],
  });
  const access = `${SERVER_PATH}/features/ipmi/access`;
  const ended = provider.events.waitFor('task-changed', ({ status }) => status === 'done');
  expect(await call(provider, 'POST', access, { type: 'kvmipHtml5URL', ttl: 5 })).toMatchObject({
    body: { function: 'requestAccessIPMI' },
  });
  await ended;
  expect(await call(provider, 'GET', `${access}?type=kvmipHtml5URL`)).toMatchObject({
    body: { value: 'vnc://127.1.2.3:5900', expiration: '2026-03-01T13:05:00+01:00' },
  });
  await clock.advance(5 * 60_000);
  expect(await call(provider, 'GET', `${access}?type=kvmipHtml5URL`)).toMatchObject({ status: 404 });
  expect(await call(provider, 'POST', access, { type: 'kvmipHtml5URL', ttl: 2 })).toMatchObject({
    status: 400,
  });
  expect(await call(provider, 'POST', access, { type: 'kvmipJnlp', ttl: 5 })).toMatchObject({ status: 400 });
});

test('a server without an IPMI module, and a hacked one, have no console', async () => {
  await using provider = await startTestProvider({ servers: [{ ...WINDOWS_SERVER, ipmi: false }] });
  const ipmi = `${SERVER_PATH}/features/ipmi`;
  expect(await call(provider, 'GET', ipmi)).toMatchObject({ body: { activated: false } });
  expect(await call(provider, 'POST', `${ipmi}/test`, { type: 'http', ttl: 1 })).toMatchObject({
    status: 404,
  });
  await using other = await startTestProvider({ servers: [{ ...WINDOWS_SERVER, state: 'hacked' }] });
  expect(await call(other, 'POST', `${ipmi}/resetInterface`)).toMatchObject({ status: 403 });
});

test('tests and resets of the IPMI module are tasks', async () => {
  await using provider = await startTestProvider();
  const ipmi = `${SERVER_PATH}/features/ipmi`;
  expect(await call(provider, 'GET', `${ipmi}/test?type=ping`)).toMatchObject({ body: { status: null } });
  const tested = provider.events.waitFor('task-changed', ({ status }) => status === 'done');
  expect(await call(provider, 'POST', `${ipmi}/test`, { type: 'ping', ttl: 1 })).toMatchObject({
    body: { function: 'testIPMIping' },
  });
  await tested;
  expect(await call(provider, 'GET', `${ipmi}/test?type=ping`)).toMatchObject({ body: { status: 'OK' } });
  expect(await call(provider, 'POST', `${ipmi}/resetSessions`)).toMatchObject({
    body: { function: 'resetIPMISession' },
  });
});
