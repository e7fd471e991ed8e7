import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiskPlace, LabClock } from '../provider';
import { diskFacts, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { NovaMachine } from './nova-machine';
import { overlayDisk } from './server-disk';
import type { ServerEvent } from './server-events';
import { FakeMachines } from './testing/fake-machine';

const place = (role: DiskPlace['role'], bus: DiskPlace['bus'] = 'virtio'): DiskPlace => ({
  role,
  bus,
  device: role === 'config drive' ? 'cdrom' : 'disk',
  boots: role === 'rescue',
});
/** libvirt's legacy order. */
const legacy = [place('rescue'), place('root'), place('config drive', 'ide')];
const order = (adminPass: string, disks = legacy) => ({ imageId: 'windows', adminPass, patience: 0, disks });

describe.skipIf(!qemuAvailable)('NovaMachine', () => {
  const clock = new LabClock({ frozen: true });
  let session: Session;
  let folder: string;
  let stock: string;
  let machines: FakeMachines;
  let events: ServerEvent[];
  let instance: NovaMachine;
  beforeEach(async () => {
    session = Session.start();
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-nova-'));
    stock = path.join(folder, 'stock.qcow2');
    await execa('qemu-img', ['create', '-q', '-f', 'qcow2', stock, '1M']);
    machines = new FakeMachines();
    events = [];
    instance = new NovaMachine(
      {
        name: 'web-01',
        configDriveFiles: (adminPass) =>
          new Map([['openstack/latest/meta_data.json', JSON.stringify({ admin_pass: adminPass })]]),
        mac: 'fa:16:3e:5a:00:01',
        address: '127.9.8.7',
        ports: { ssh: 22, rdp: 3389, vnc: 5900 },
        memoryMiB: 768,
        firmware: 'bios',
        root: await overlayDisk(folder, 'root', stock),
        imageDisk: (imageId) => (imageId === 'windows' ? stock : '/no/such/image'),
        folder,
        clock,
        context: { session, accelerator: { kind: 'tcg', reason: 'tests' } },
        onEvent: (event) => events.push(event),
      },
      machines.start,
    );
  });
  afterEach(async () => {
    await instance[Symbol.asyncDispose]();
    await machines[Symbol.asyncDispose]();
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const diskIds = () => machines.last.description.disks?.map(({ id }) => id);

  it('boots from its own disk, without the network', async () => {
    await expect(instance.running()).rejects.toThrow(
      'The instance web-01 has no running machine: its power is off.',
    );
    await instance.start();
    await instance.start();
    expect(machines.started).toHaveLength(1);
    expect(await instance.running()).toBe(machines.last);
    const { disks, nic, vnc } = machines.last.description;
    expect(disks).toEqual([
      expect.objectContaining({ id: 'root', path: path.join(folder, 'root.qcow2'), bootIndex: 0 }),
    ]);
    expect(nic).toMatchObject({ mac: 'fa:16:3e:5a:00:01', romFile: '' });
    expect(vnc).toBe(instance.console);
    await instance.stop();
    expect(machines.last.ended).toBe(true);
    expect(events.map((event) => event.kind === 'power' && event.power)).toEqual(['on', 'off']);
  });

  it('reboots into another machine and keeps the text of the first', async () => {
    await instance.start();
    await machines.last.prints('one\r\n');
    await instance.reboot(0);
    await machines.last.prints('two\r\n');
    expect(machines.started.map(({ ended }) => ended)).toEqual([true, false]);
    expect(instance.serial.text).toBe('one\r\ntwo\r\n');
  });

  it('asks the guest to switch itself off, and goes on as soon as it has', async () => {
    await instance.start();
    const [first] = machines.started;
    first!.onPowerButton = () => first!.switchesItselfOff();
    await instance.stop(60);
    expect([instance.power, first!.presses, first!.ended]).toEqual(['off', 1, true]);
    await instance.start();
    machines.last.onPowerButton = () => machines.last.switchesItselfOff();
    await instance.reboot(120);
    expect([instance.power, machines.started.length]).toEqual(['on', 3]);
  });

  it('asks again every ten seconds, and cuts the power when the time is over', async () => {
    await instance.start();
    const stopping = instance.stop(25);
    await expect.poll(() => machines.last.presses).toBe(1);
    await clock.advance(24_900);
    expect([machines.last.presses, machines.last.ended, instance.isAskedOff]).toEqual([3, false, true]);
    await clock.advance(100);
    await stopping;
    expect([machines.last.ended, instance.power, instance.isAskedOff]).toEqual([true, 'off', false]);
    expect(events.flatMap((event) => (event.kind === 'power-button' ? event.seconds : []))).toEqual([
      25, 15, 5,
    ]);
  });

  it('does not ask a guest that stands still, or where no time is given', async () => {
    await instance.start();
    await instance.stop(0);
    await instance.stop(60);
    expect(machines.last.presses).toBe(0);
  });

  it('in rescue boots a fresh disk of the image, with the original second and the config drive last', async () => {
    await instance.start();
    await instance.rescue(order('Gift3d!'));
    expect(machines.started.map(({ ended }) => ended)).toEqual([true, false]);
    expect(diskIds()).toEqual(['rescue', 'root', 'config-2']);
    const [rescue, root, drive] = machines.last.description.disks ?? [];
    expect([rescue?.bootIndex, root?.bootIndex, drive?.bootIndex]).toEqual([0, 1, undefined]);
    expect((await diskFacts(rescue?.path ?? '')).backing.map(({ path: below }) => below)).toEqual([stock]);
    expect(drive).toMatchObject({ interface: 'ide-cdrom', readOnly: true });
    const args = ['-i', drive?.path ?? '', '-R', '-x', '/openstack/latest/meta_data.json'];
    expect(JSON.parse((await execa('isoinfo', args)).stdout)).toMatchObject({
      admin_pass: 'Gift3d!',
    });
    expect(instance.disks.map(({ id }) => id)).toEqual(['rescue', 'root']);
  });

  it('after the rescue boots the original disk again; the rescue disk and the password are gone', async () => {
    await instance.rescue(order('first'));
    const used = machines.last.description.disks ?? [];
    await instance.unrescue();
    expect(diskIds()).toEqual(['root']);
    expect(instance.power).toBe('on');
    for (const disk of used) expect(existsSync(disk.path)).toBe(disk.id === 'root');
  });

  it('gives each rescue a disk of its own', async () => {
    await instance.rescue(order('first'));
    const [first] = machines.last.description.disks ?? [];
    await instance.unrescue();
    await instance.rescue(order('second'));
    const [second] = machines.last.description.disks ?? [];
    expect(second?.id).toBe('rescue');
    expect(second?.path).not.toBe(first?.path);
  });

  it('keeps the original disks where they are when the rescue disk comes last, on a bus of its own', async () => {
    const disks = [place('root'), place('config drive', 'ide'), place('rescue', 'usb')];
    await instance.rescue(order('Gift3d!', disks));
    expect(diskIds()).toEqual(['root', 'config-2', 'rescue']);
    const [root, , rescue] = machines.last.description.disks ?? [];
    expect([root?.bootIndex, rescue?.bootIndex]).toEqual([1, 0]);
    expect([root?.interface, rescue?.interface]).toEqual(['virtio', 'usb']);
  });

  it('attaches no config drive where the instance has none: the password reaches nobody', async () => {
    await instance.rescue(order('Gift3d!', [place('rescue'), place('root')]));
    expect(diskIds()).toEqual(['rescue', 'root']);
  });

  it('plugs volumes in while it runs, and finds those that are attached when it starts', async () => {
    const disk = { id: 'data', path: stock, format: 'qcow2', serial: 'data' } as const;
    Object.assign(instance.options, { volumePorts: 1, volumeDisk: async () => disk });
    await instance.start();
    await instance.attachVolume('one');
    await expect(instance.attachVolume('two')).rejects.toThrow(
      'The instance web-01 has ports for 1 volumes, and no free one.',
    );
    expect(machines.last.plugged).toEqual(['+ data at 0']);
    await instance.stop();
    await instance.start();
    expect(machines.last.description).toMatchObject({
      hotPlugPorts: 1,
      disks: [{ id: 'root' }, { id: 'data', hotPlugPort: 0, bootIndex: 1 }],
    });
    await instance.detachVolume('one');
    expect(machines.last.plugged).toEqual(['- data']);
    await instance.stop();
    await instance.start();
    expect(diskIds()).toEqual(['root']);
  });

  it('takes its volumes along into a rescue that leaves the original disks where they are', async () => {
    const disk = { id: 'data', path: stock, format: 'qcow2', serial: 'data' } as const;
    Object.assign(instance.options, { volumePorts: 2, volumeDisk: async () => disk });
    await instance.attachVolume('one');
    const volume = { ...place('volume'), id: 'one' };
    await instance.rescue(order('Gift3d!', [place('root'), volume, place('rescue', 'usb')]));
    expect(machines.last.description.disks).toMatchObject([
      { id: 'root' },
      { id: 'data', hotPlugPort: 0 },
      { id: 'rescue', interface: 'usb' },
    ]);
  });

  it('makes the root disk anew, and an image of it', async () => {
    await instance.start();
    const snapshots: [string, string][] = [];
    Object.assign(instance.options, { onSnapshot: (...one: [string, string]) => snapshots.push(one) });
    await instance.stop();
    const size = await instance.snapshot('copy');
    expect(snapshots).toEqual([['copy', path.join(folder, 'image-copy.qcow2')]]);
    expect(size).toBeGreaterThan(0);
    await instance.rebuild({ imageId: 'windows', adminPass: 'N3w-one!', patience: 0 });
    expect(instance.power).toBe('on');
    const [root] = machines.last.description.disks ?? [];
    expect((await diskFacts(root?.path ?? '')).backing.map(({ path: below }) => below)).toEqual([stock]);
  });
});
