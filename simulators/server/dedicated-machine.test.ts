import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../vm';
import { qemuArguments } from '../vm/qemu-arguments';
import { qemuAvailable } from '../vm/testing/qemu-available';
import type { BootTarget } from './boot-target';
import { DedicatedMachine } from './dedicated-machine';
import type { ServerEvent } from './server-events';
import { FakeMachines } from './testing/fake-machine';
import { WaypointShelf } from './waypoint-shelf';

let session: Session;
let folder: string;
let machines: FakeMachines;
let events: ServerEvent[];
let server: DedicatedMachine;

function makeServer(shelf?: WaypointShelf): DedicatedMachine {
  return new DedicatedMachine(
    {
      name: 'ns1',
      mac: '52:54:00:cb:00:71',
      address: '127.9.8.7',
      ports: { ssh: 22, rdp: 3389, vnc: 5901 },
      memoryMiB: 2048,
      disks: [
        { id: 'system', path: '/run/system.qcow2', format: 'qcow2', serial: 'RL-system' },
        { id: 'data1', path: '/run/data1.raw', format: 'raw', serial: 'RL-data1' },
      ],
      netbootSocket: '/run/netboot.sock',
      context: { session, accelerator: { kind: 'tcg', reason: 'tests' } },
      shelf,
      onEvent: (event) => events.push(event),
    },
    machines.start,
  );
}

beforeEach(() => {
  session = Session.start();
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-server-'));
  machines = new FakeMachines();
  events = [];
  server = makeServer();
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await machines[Symbol.asyncDispose]();
  await session.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe('the hardware of a dedicated server', () => {
  const argumentsOf = (trackReads: boolean) =>
    qemuArguments(server.description(trackReads), {
      accelerator: 'tcg',
      sessionId: 'test',
      memory: { path: '/run/ram', share: true },
      qmpSocket: '/run/qmp.sock',
      serialSocket: '/run/serial.sock',
      serialLog: '/run/serial.log',
      resetLog: '/run/cpu-resets.log',
    });
  const option = (name: string) => {
    const all = argumentsOf(false);
    return all.filter((_argument, index) => all[index - 1] === name);
  };

  it('asks the network before its disks, on one network card with its own MAC', () => {
    const [card, ...others] = option('-device').filter((device) => device.includes('mac='));
    expect(others).toEqual([]);
    expect(card).toContain('mac=52:54:00:cb:00:71');
    expect(card).toContain('bootindex=0');
    const disks = option('-device').filter((device) => device.startsWith('virtio-blk'));
    expect(disks.map((disk) => /serial=([^,]+)/.exec(disk)?.[1])).toEqual(['RL-system', 'RL-data1']);
    expect(disks.join()).not.toContain('bootindex=0');
  });

  it('asks the disks first where the boot order of the firmware says so', () => {
    server.asksNetwork = () => false;
    const devices = option('-device');
    expect(devices.find((device) => device.includes('mac='))).not.toContain('bootindex');
    const disks = devices.filter((device) => device.startsWith('virtio-blk'));
    expect(disks.map((disk) => /bootindex=(\d)/.exec(disk)?.[1])).toEqual(['0', '1']);
  });

  it('reaches the provider at 10.0.2.4 and is reached at its own address, on the usual ports', () => {
    const network = option('-netdev').join();
    expect(network).toContain('bootfile=http://10.0.2.4/boot.ipxe');
    expect(network).toMatch(/guestfwd=tcp:10\.0\.2\.4:80-[^,]*netboot\.sock/);
    expect(network).toContain('hostfwd=tcp:127.9.8.7:22-:22');
    expect(network).toContain('hostfwd=tcp:127.9.8.7:3389-:3389');
    expect(network).toContain('restrict=on');
    expect(option('-vnc')).toEqual(['127.9.8.7:1']);
    expect(server.console).toBe('127.9.8.7:5901');
  });

  it('can run machines itself, and notes what is read only when asked to', () => {
    expect(option('-cpu')).toEqual(['max,-erms,-fsrm,-la57,+svm,-xsave']);
    expect(server.description(false).disks?.map(({ trackReads }) => trackReads)).toEqual([
      undefined,
      undefined,
    ]);
    expect(server.description(true).disks?.map(({ trackReads }) => trackReads)).toEqual([true, true]);
  });

  it('has no disk that was lost, from the next power-on', () => {
    server.loseDisk(0);
    expect(server.description(false).disks?.map(({ serial }) => serial)).toEqual(['RL-data1']);
    expect([...server.lostDisks]).toEqual([0]);
  });
});

describe('power', () => {
  it('starts a machine once, and ends it', async () => {
    await expect(server.running()).rejects.toThrow(
      'The server ns1 has no running machine: its power is off.',
    );
    await server.powerOn();
    await server.powerOn();
    expect(machines.started).toHaveLength(1);
    expect(server.power).toBe('on');
    expect(await server.running()).toBe(machines.last);
    expect(server.logs?.serial).toBe(path.join(machines.last.directory, 'serial.log'));
    await server.powerOff();
    await server.powerOff();
    expect(machines.last.ended).toBe(true);
    expect(server.power).toBe('off');
    expect(server.logs).toBeUndefined();
    expect(events).toEqual([
      { kind: 'power', server: 'ns1', power: 'on' },
      { kind: 'power', server: 'ns1', power: 'off' },
    ]);
  });

  it('resets by another machine, and keeps the text of the first', async () => {
    await server.powerOn();
    const [first] = machines.started;
    await first?.prints('first boot\r\n');
    await server.hardReset();
    expect(first?.ended).toBe(true);
    await machines.last.prints('second boot\r\n');
    expect(machines.started).toHaveLength(2);
    expect(server.serial.text).toBe('first boot\r\nsecond boot\r\n');
  });
});

describe.skipIf(!qemuAvailable)('a boot whose way leads to a waypoint', () => {
  let arrive: () => void;
  let held: boolean;
  let code: string;

  function target(): BootTarget {
    return {
      name: 'rescue',
      images: { kernel: 'kernel-1' },
      code,
      hold: () => {
        held = true;
        return {
          [Symbol.dispose]: () => {
            held = false;
          },
        };
      },
      reached: (_machine, signal) =>
        new Promise((resolve, reject) => {
          arrive = resolve;
          signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        }),
    };
  }

  /** The event of this kind, when it has come. */
  const event = (kind: ServerEvent['kind']) =>
    expect.poll(() => events.find((candidate) => candidate.kind === kind), { timeout: 5000 });

  beforeEach(() => {
    held = false;
    code = 'c0de';
    server = makeServer(new WaypointShelf(path.join(folder, 'waypoints'), machines.fork));
    server.bootTarget = target;
  });

  it('is walked and saved the first time, and forked from then on', async () => {
    await server.powerOn();
    expect(events.at(-1)).toEqual({ kind: 'walking', server: 'ns1', to: 'rescue' });
    const walker = machines.last;
    expect(await server.running()).toBe(walker);
    expect(walker.description).toEqual(server.description(true));
    expect(walker.context.storageDirectory).toBe(path.join(folder, 'waypoints'));
    expect(held).toBe(true);
    await walker.prints('asking for the session\r\n');
    arrive();
    await event('saved').toMatchObject({ server: 'ns1', to: 'rescue' });
    expect(walker.ended).toBe(true);
    expect(await server.running()).toBe(machines.forked[0]);
    await expect.poll(() => held).toBe(false);
    await machines.forked[0]?.prints('going on\r\n');
    expect(server.serial.text).toBe('asking for the session\r\ngoing on\r\n');

    await server.hardReset();
    await event('forked').toMatchObject({ server: 'ns1', to: 'rescue' });
    expect(machines.started).toHaveLength(1);
    expect(await server.running()).toBe(machines.forked[1]);
    expect(server.serial.text).toBe('asking for the session\r\ngoing on\r\nasking for the session\r\n');
  });

  it('is walked again when the code that walks there has changed', async () => {
    await server.powerOn();
    arrive();
    await event('saved').toBeDefined();
    code = 'changed';
    await server.hardReset();
    expect(machines.started).toHaveLength(2);
    expect(machines.forked).toHaveLength(1);
  });

  it('is given up when the power goes off on the way, without an error', async () => {
    await server.powerOn();
    await server.powerOff();
    expect(held).toBe(false);
    expect(machines.last.ended).toBe(true);
    expect(events.map(({ kind }) => kind)).toEqual(['power', 'walking', 'power']);
  });

  it('tells why it failed when the state could not be saved, and ends the machine', async () => {
    await server.powerOn();
    machines.last.saveWaypoint = async () => {
      throw new Error('The disk is full.');
    };
    arrive();
    await event('failed').toEqual({ kind: 'failed', server: 'ns1', reason: 'The disk is full.' });
    const failure = await server.running().catch((error: Error) => error);
    expect(failure).toMatchObject({
      message: 'The server ns1 has no running machine: its power is on.',
      cause: { message: 'The disk is full.' },
    });
    expect(machines.last.ended).toBe(true);
    expect(held).toBe(false);
  });

  it('is an ordinary boot where it leads to no known state', async () => {
    server.bootTarget = () => undefined;
    await server.powerOn();
    expect(machines.last.description).toEqual(server.description(false));
    expect(events.map(({ kind }) => kind)).toEqual(['power']);
  });
});
