import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEBIAN_RESCUE, startOvhProvider, WINDOWS_RESCUE } from '../provider';
import type { MetadataService } from '../provider/nova';
import { FakeMachines } from '../server/testing/fake-machine';
import { Session } from '../vm';
import { bootFailureTarget, rescueFiles, rescueTarget, stockRescueTarget, walkingCode } from './boot-targets';

const images = {
  emulator: '/cache/images/emulator-1',
  kernel: '/cache/images/kernel-1',
  quickjs: '/cache/images/quickjs-1',
  bootCode: '/cache/images/boot-code-1',
  bootPrograms: '/cache/images/boot-programs-1',
  bootInitrd: '/cache/images/boot-initrd-1',
  userlandBase: '/cache/images/userland-base-1',
  standinLayer: '/cache/images/standin-layer-1',
  rescueCustomer: '/cache/images/rescue-customer-1',
  windowsRescueDisk: '/cache/images/windows-rescue-disk-1',
  debianRescue: '/cache/images/debian-rescue-1',
  windowsServer2008R2Disk: '/cache/images/windows-server-2008-r2-disk-1',
  mirroredData: '/cache/images/mirrored-data-1',
};

let session: Session;
let machines: FakeMachines;
beforeEach(() => {
  session = Session.start();
  machines = new FakeMachines();
});
afterEach(async () => {
  await machines[Symbol.asyncDispose]();
  await session.dispose();
});

const startMachine = () =>
  machines.start(
    { name: 'ns1', cpus: 1, memoryMiB: 32, firmware: 'bios' },
    { session, accelerator: { kind: 'tcg', reason: 'tests' } },
  );

it('the walking code has a digest', () => {
  expect(walkingCode()).toMatch(/^[0-9a-f]{64}$/);
  expect(walkingCode()).toBe(walkingCode());
});

it('a rescue in the cloud depends on the image that its disk is made of', () => {
  const metadata = {} as MetadataService;
  const of = (folder: string) =>
    stockRescueTarget('c0de', metadata, `/cache/images/${folder}/disk.qcow2`).images;
  expect(of('windows-server-2016-disk-1')).toEqual({ rescue: 'windows-server-2016-disk-1/disk.qcow2' });
  expect(of('windows-server-2016-disk-1')).not.toEqual(of('windows-server-2008-r2-disk-1'));
});

describe('Windows rescue as a target', () => {
  const server = 'ns1111111.ip-203-0-113.eu';
  const start = async () => {
    const provider = await startOvhProvider({
      servers: [
        { name: server, ip: '127.0.0.2', mac: '52:54:00:cb:00:71', os: 'win2008r2-std_64', memory: 32 },
      ],
    });
    const holdSession = () => ({ [Symbol.dispose]: () => undefined });
    return { provider, target: rescueTarget({ code: 'c0de', images, provider, server, holdSession }) };
  };

  it('depends on the walking code, and on each image by the name of its folder, which holds its key', async () => {
    const { provider, target } = await start();
    await using _provider = provider;
    expect(target).toMatchObject({ name: WINDOWS_RESCUE, code: 'c0de' });
    expect(target.images).toEqual(
      Object.fromEntries(Object.entries(images).map(([name, folder]) => [name, path.basename(folder)])),
    );
  });

  it('is reached when this server, and no other, asks for its session and has nothing else to do', async () => {
    const { provider, target } = await start();
    await using _provider = provider;
    let reached = false;
    const arrival = target.reached(await startMachine(), new AbortController().signal).then(() => {
      reached = true;
    });
    const other = 'ns2222222.ip-203-0-113.eu';
    provider.events.emit('session-asked', { server: other, answered: false, settled: true });
    provider.events.emit('session-asked', { server, answered: false, settled: false });
    await new Promise(setImmediate);
    expect(reached).toBe(false);
    provider.events.emit('session-asked', { server, answered: false, settled: true });
    await arrival;
  });

  it('is given up with the reason of the signal', async () => {
    const { provider, target } = await start();
    await using _provider = provider;
    const abort = new AbortController();
    const arrival = target.reached(await startMachine(), abort.signal);
    abort.abort(new Error('switched off'));
    await expect(arrival).rejects.toThrow('switched off');
  });

  it.each([WINDOWS_RESCUE, DEBIAN_RESCUE])('tells %s which files of its own it fetches', (name) => {
    const files = rescueFiles(images)[name];
    const words = files?.commandLine.split(' ');
    expect(words).toContain(`rescue.system=${name}`);
    expect(words).toContain(`rescue.images=${Object.keys(files?.more ?? {}).join(',')}`);
    expect(files?.more).toHaveProperty(['rescue.squashfs']);
    const all = [files?.kernel, ...(files?.initrd ?? []), ...Object.values(files?.more ?? {})];
    for (const file of all) expect(file).toMatch(/^\/cache\/images\/[\w-]+-1\/[\w.-]+$/);
  });
});

describe('a failed boot as a target', () => {
  it.each([
    ['  Status: 0xc000000e', 'a status'],
    ['    Error code: 0xc000000e', 'a status since Windows 8'],
    ['STOP: c0000218 {Registry File Failure}', 'the kernel'],
    ['Windows could not start because the following file is missing or corrupt:', 'NTLDR'],
    ['NTLDR is missing', 'no NTLDR'],
    ['A disk read error occurred', 'no core'],
    ['Invalid partition table', 'two active partitions'],
    ['BOOTMGR is missing', 'no boot manager'],
    ['Missing operating system', 'no system'],
  ])('is reached at "%s" (%s)', async (text) => {
    const machine = await startMachine();
    let reached = false;
    const arrival = bootFailureTarget('c0de')
      .reached(machine, new AbortController().signal)
      .then(() => {
        reached = true;
      });
    await machines.last.prints('Booting from Hard Disk...\r\n');
    expect(reached).toBe(false);
    await machines.last.prints(`${text}\r\n`);
    await arrival;
  });

  it('is given up with the reason of the signal', async () => {
    const abort = new AbortController();
    const arrival = bootFailureTarget('c0de').reached(await startMachine(), abort.signal);
    abort.abort(new Error('switched off'));
    await expect(arrival).rejects.toThrow('switched off');
  });
});
