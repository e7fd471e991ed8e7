import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { type NovaProvider, type NovaProviderOptions, startNovaProvider } from './index';
import { type Client, signIn } from './testing/client';
import { ManualHypervisor } from './testing/manual-hypervisor';

const HOUR = 3_600_000;

async function cloud(options: Partial<NovaProviderOptions> = {}) {
  const disposables = new AsyncDisposableStack();
  const clock = disposables.use(new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true }));
  const nova = disposables.use(
    await startNovaProvider({ clock, random: seededRandom('rescue'), ...options }),
  );
  const hypervisor = new ManualHypervisor();
  const { id } = await nova.adopt({ name: 'web', hypervisor });
  const call = await signIn(nova);
  return { nova, clock, hypervisor, id, call, [Symbol.asyncDispose]: () => disposables.disposeAsync() };
}

const act = (call: Client, id: string, body: unknown, headers = {}) =>
  call('POST', `/servers/${id}/action`, body, headers);

async function shown(call: Client, id: string): Promise<Record<string, unknown>> {
  return ((await call('GET', `/servers/${id}`)).body as { server: Record<string, unknown> }).server;
}

async function states(call: Client, id: string): Promise<unknown[]> {
  const server = await shown(call, id);
  return [
    server['status'],
    server['OS-EXT-STS:vm_state'],
    server['OS-EXT-STS:task_state'],
    server['OS-EXT-STS:power_state'],
  ];
}

const settled = (nova: NovaProvider) =>
  nova.instances.events.waitFor('changed', ({ taskState }) => taskState === null);

async function enterRescue({ nova, call, id, hypervisor }: Awaited<ReturnType<typeof cloud>>): Promise<void> {
  expect((await act(call, id, { rescue: null })).status).toBe(200);
  const entered = settled(nova);
  hypervisor.finish();
  await entered;
}

test('the status stays as it is while a server enters and leaves rescue', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  expect(await states(call, id)).toEqual(['ACTIVE', 'active', null, 1]);

  const answer = await act(call, id, { rescue: { adminPass: 'Gift3d!' } });
  expect([answer.status, answer.body]).toEqual([200, { adminPass: 'Gift3d!' }]);
  expect(await states(call, id)).toEqual(['ACTIVE', 'active', 'rescuing', 1]);
  const entered = settled(nova);
  hypervisor.finish();
  await entered;
  expect(await states(call, id)).toEqual(['RESCUE', 'rescued', null, 1]);
  expect(await shown(call, id)).not.toHaveProperty('progress');

  const leaving = await act(call, id, { unrescue: null });
  expect([leaving.status, leaving.body]).toEqual([202, undefined]);
  expect(await states(call, id)).toEqual(['RESCUE', 'rescued', 'unrescuing', 1]);
  const left = settled(nova);
  hypervisor.finish();
  await left;
  expect(await states(call, id)).toEqual(['ACTIVE', 'active', null, 1]);
  expect(hypervisor.calls).toEqual([`rescue ${nova.image} Gift3d!`, 'unrescue']);
});

test('a stopped server is ACTIVE after its rescue', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  await act(call, id, { 'os-stop': null });
  const stopped = settled(nova);
  hypervisor.finish();
  await stopped;
  expect(await states(call, id)).toEqual(['SHUTOFF', 'stopped', null, 4]);
  await enterRescue(lab);
  await act(call, id, { unrescue: null });
  const left = settled(nova);
  hypervisor.finish();
  await left;
  expect(await states(call, id)).toEqual(['ACTIVE', 'active', null, 1]);
});

test.each([[{ rescue: null }], [{ rescue: {} }]])('%j gives a password of 12 characters', async (body) => {
  await using lab = await cloud();
  const { adminPass } = (await act(lab.call, lab.id, body)).body as { adminPass: string };
  expect(adminPass).toMatch(/^(?=.*[2-9])(?=.*[A-Z])(?=.*[a-z])[2-9A-Za-z]{12}$/);
  expect(lab.hypervisor.calls).toEqual([`rescue ${lab.nova.image} ${adminPass}`]);
});

test('the password is not shown where the cloud is set up so', async () => {
  await using lab = await cloud({ showPasswords: false });
  expect((await act(lab.call, lab.id, { rescue: null })).body).toEqual({});
});

test.each([
  [
    { rescue: 'none' },
    "Invalid input for field/attribute rescue. Value: none. 'none' is not of type 'object', 'null'",
  ],
  [
    { rescue: { rescue_image_ref: 'stock' } },
    "Invalid input for field/attribute rescue_image_ref. Value: stock. 'stock' is not a 'uuid'",
  ],
  [
    { rescue: { adminPass: 7 } },
    "Invalid input for field/attribute adminPass. Value: 7. 7 is not of type 'string'",
  ],
  [
    { rescue: { password: "it's" } },
    "Invalid input for field/attribute rescue. Value: {'password': \"it's\"}. " +
      "Additional properties are not allowed ('password' was unexpected)",
  ],
  [
    { rescue: { rescue_image_ref: '00000000-0000-4000-8000-000000000000' } },
    "Requested rescue image '00000000-0000-4000-8000-000000000000' is not supported",
  ],
  [{ rescue: null, unrescue: null }, 'Malformed request body'],
  [{ save: null }, 'There is no such action: save'],
])('%j is a bad request and changes nothing', async (body, message) => {
  await using lab = await cloud();
  const answer = await act(lab.call, lab.id, body);
  expect(answer.status).toBe(400);
  expect(answer.body).toEqual({ badRequest: { code: 400, message } });
  expect(await states(lab.call, lab.id)).toEqual(['ACTIVE', 'active', null, 1]);
});

test('a rescue is refused by the lock first, then by vm_state, then by task_state', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  const refusal = async (body: unknown) => {
    const answer = await act(call, id, body);
    expect(answer.status).toBe(409);
    return (answer.body as { conflictingRequest: { message: string } }).conflictingRequest.message;
  };
  expect(await refusal({ unrescue: null })).toBe(
    `Cannot 'unrescue' instance ${id} while it is in vm_state active`,
  );
  await act(call, id, { rescue: null });
  expect(await refusal({ rescue: null })).toBe(
    `Cannot 'rescue' instance ${id} while it is in task_state rescuing`,
  );
  const entered = settled(nova);
  hypervisor.finish();
  await entered;
  await act(call, id, { unrescue: null });
  expect(await refusal({ rescue: null })).toBe(
    `Cannot 'rescue' instance ${id} while it is in vm_state rescued`,
  );
  await act(call, id, { lock: null });
  expect(await refusal({ rescue: null })).toBe(`Instance ${id} is locked`);
  expect(await refusal({ unrescue: null })).toBe(`Instance ${id} is locked`);
});

test.each([
  ['reboot', { reboot: { type: 'SOFT' } }],
  ['reboot', { reboot: { type: 'HARD' } }],
  ['stop', { 'os-stop': null }],
  ['start', { 'os-start': null }],
  ['pause', { pause: null }],
  ['suspend', { suspend: null }],
  ['rebuild', { rebuild: { imageRef: '11111111-2222-4333-8444-555555555555' } }],
  ['createImage', { createImage: { name: 'x' } }],
  ['changePassword', { changePassword: { adminPass: 'x' } }],
])('%s is refused in rescue: %j', async (name, body) => {
  await using lab = await cloud();
  await enterRescue(lab);
  const answer = await act(lab.call, lab.id, body);
  expect(answer.body).toEqual({
    conflictingRequest: {
      code: 409,
      message: `Cannot '${name}' instance ${lab.id} while it is in vm_state rescued`,
    },
  });
});

test('a failure of the hypervisor puts the server in ERROR, with a fault, and it can be rescued again', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  expect((await act(call, id, { rescue: null })).status).toBe(200);
  const failed = settled(nova);
  hypervisor.fail(new Error('no space left on the host'));
  await failed;
  expect(await states(call, id)).toEqual(['ERROR', 'error', null, 1]);
  expect((await shown(call, id))['fault']).toEqual({
    code: 400,
    created: '2026-03-01T12:00:00Z',
    message: `Instance ${id} cannot be rescued: Driver Error: no space left on the host`,
  });
  await enterRescue(lab);
  expect(await states(call, id)).toEqual(['RESCUE', 'rescued', null, 1]);
  expect(await shown(call, id)).not.toHaveProperty('fault');
});

test('a deleted stock image fails the rescue later, and a given one helps', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  const stock = nova.images.get(nova.image);
  const other = { ...stock, id: '11111111-2222-4333-8444-555555555555', name: 'Rescue' } as NonNullable<
    typeof stock
  >;
  nova.images.add(other);
  nova.images.delete(nova.image);
  const failed = settled(nova);
  expect((await act(call, id, { rescue: null })).status).toBe(200);
  await failed;
  expect(await states(call, id)).toEqual(['ERROR', 'error', null, 1]);
  expect((await act(call, id, { rescue: { rescue_image_ref: other.id } })).status).toBe(200);
  expect(hypervisor.calls.at(-1)).toContain(`rescue ${other.id}`);
});

test('a volume-backed server needs microversion 2.87 and an image made for it', async () => {
  await using lab = await cloud();
  const { nova, call } = lab;
  const stable = {
    id: '11111111-2222-4333-8444-555555555555',
    name: 'Stable rescue',
    size: 1,
    minDisk: 0,
    minRam: 0,
    created: lab.clock.now(),
    properties: { hw_rescue_device: 'disk', hw_rescue_bus: 'virtio' },
  };
  nova.images.add(stable);
  const volume = { id: '99999999-2222-4333-8444-555555555555', deleteOnTermination: false };
  const { id } = await nova.adopt({
    name: 'db',
    imageId: undefined,
    volumes: [volume],
    hypervisor: new ManualHypervisor(),
  });
  const refused = {
    badRequest: {
      code: 400,
      message: `Instance ${id} cannot be rescued: Cannot rescue a volume-backed instance`,
    },
  };
  const body = { rescue: { rescue_image_ref: stable.id } };
  const new287 = { 'openstack-api-version': 'compute 2.87' };
  expect((await act(call, id, body)).body).toEqual(refused);
  expect((await act(call, id, { rescue: { rescue_image_ref: nova.image } }, new287)).body).toEqual(refused);
  expect(await states(call, id)).toEqual(['ACTIVE', 'active', null, 1]);
  expect((await act(call, id, body, new287)).status).toBe(200);
});

test('a rescue ends by itself after 24 hours of lab time, also on a locked server', async () => {
  await using lab = await cloud({ rescueTimeout: 24 * 3600 });
  const { nova, clock, id, hypervisor } = lab;
  await enterRescue(lab);
  const server = nova.instances.get(id);
  nova.instances.update(server, { lockedBy: 'owner' });
  await clock.advance(24 * HOUR);
  expect(server.vmState).toBe('rescued');
  expect(server.taskState).toBeNull();
  await clock.advance(60_000);
  expect(server.taskState).toBe('unrescuing');
  const left = settled(nova);
  hypervisor.finish();
  await left;
  expect(server.vmState).toBe('active');
});

test('a rescue lasts for ever by default', async () => {
  await using lab = await cloud();
  await enterRescue(lab);
  await lab.clock.advance(1000 * HOUR);
  expect(lab.nova.instances.get(lab.id).vmState).toBe('rescued');
});

test('a server deleted while it enters rescue is gone for good', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  await act(call, id, { rescue: null });
  hypervisor.power = 'off';
  const deleted = nova.instances.events.waitFor('deleted');
  expect((await call('DELETE', `/servers/${id}`)).status).toBe(204);
  hypervisor.finish();
  await deleted;
  const answer = await call('GET', `/servers/${id}`);
  expect(answer.body).toEqual({ itemNotFound: { code: 404, message: `Instance ${id} could not be found.` } });
});

test('a guest that switches itself off stops an active server, leaves one in rescue there, and disturbs no task', async () => {
  await using lab = await cloud();
  const { nova, call, id, hypervisor } = lab;
  await enterRescue(lab);
  nova.switchedOff(id);
  expect(await states(call, id)).toEqual(['RESCUE', 'rescued', null, 4]);
  await act(call, id, { unrescue: null });
  nova.switchedOff(id);
  expect(await states(call, id)).toEqual(['RESCUE', 'rescued', 'unrescuing', 4]);
  const left = settled(nova);
  hypervisor.finish();
  await left;
  nova.switchedOff(id);
  expect(await states(call, id)).toEqual(['SHUTOFF', 'stopped', null, 4]);
});
