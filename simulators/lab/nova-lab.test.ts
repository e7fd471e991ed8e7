import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabClock } from '../provider';
import { type Client, signIn } from '../provider/nova/testing/client';
import { FakeMachines } from '../server/testing/fake-machine';
import { diskFacts, type MachineDescription, Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import type { CloudChoice } from './cloud-choice';
import { NovaLab } from './nova-lab';

const GIBIBYTE = 2 ** 30;
/** For what takes qemu-img and xorriso some moments, on a busy host (ms). */
const timeout = 20_000;

interface Shown {
  readonly id: string;
  readonly status: string;
  readonly addresses: Record<string, { addr: string; 'OS-EXT-IPS-MAC:mac_addr': string }[]>;
  readonly fault?: { code: number; message: string };
}

describe.skipIf(!qemuAvailable)('servers that a customer makes in a lab with machines', () => {
  let session: Session;
  let folder: string;
  let stock: string;
  let machines: FakeMachines;
  let clock: LabClock;
  let lab: NovaLab;
  let call: Client;
  beforeEach(async () => {
    session = Session.start();
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-cloud-'));
    stock = path.join(folder, 'stock.qcow2');
    await execa('qemu-img', ['create', '-q', '-f', 'qcow2', stock, '1M']);
    machines = new FakeMachines();
    clock = new LabClock({ frozen: true });
    await start();
  });
  afterEach(async () => {
    await lab[Symbol.asyncDispose]();
    await machines[Symbol.asyncDispose]();
    clock[Symbol.dispose]();
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(choice: CloudChoice = {}): Promise<void> {
    lab = await NovaLab.start({
      choice,
      installed: { disk: stock, firmware: 'bios' },
      session,
      context: { session, accelerator: { kind: 'tcg', reason: 'tests' } },
      shelf: undefined,
      clock,
      consoleProxyUrl: () => undefined,
      onEvent: () => undefined,
      onLost: (_server, error) => {
        throw error;
      },
      startVm: machines.start,
    });
    call = await signIn(lab.provider);
  }

  async function restart(choice: CloudChoice): Promise<void> {
    await lab[Symbol.asyncDispose]();
    await start(choice);
  }

  const show = async (id: string): Promise<Shown> =>
    ((await call('GET', `/servers/${id}`)).body as { server: Shown }).server;
  const becomes = (id: string, status: string) =>
    expect.poll(async () => (await show(id)).status, { timeout }).toBe(status);
  const act = async (id: string, action: object) =>
    (await call('POST', `/servers/${id}/action`, action)).body;

  async function create(more: object = {}, status = 'ACTIVE'): Promise<string> {
    const { image: imageRef, flavor: flavorRef } = lab.provider;
    const body = { server: { name: 'shop / 1', imageRef, flavorRef, ...more } };
    const answer = await call('POST', '/servers', body);
    expect(answer.status, JSON.stringify(answer.body)).toBe(202);
    const { id } = (answer.body as { server: Shown }).server;
    await becomes(id, status);
    return id;
  }

  const disksOf = ({ disks = [] }: MachineDescription) => disks.map(({ id }) => id);
  const last = () => machines.last.description;
  const diskOf = (description: MachineDescription, id: string) =>
    description.disks?.find((disk) => disk.id === id)?.path ?? '';
  const passwordOn = async (description: MachineDescription) => {
    const args = ['-i', diskOf(description, 'config-2'), '-R', '-x', '/openstack/latest/meta_data.json'];
    return (JSON.parse((await execa('isoinfo', args)).stdout) as { admin_pass: string }).admin_pass;
  };

  it("have the image's bytes on a disk of the flavor's size, and the port's MAC and address", {
    timeout,
  }, async () => {
    const id = await create({ config_drive: true, adminPass: 'Gift3d!' });
    const description = last();
    expect(disksOf(description)).toEqual(['root', 'config-2']);
    const facts = await diskFacts(diskOf(description, 'root'));
    expect(facts.virtualSize).toBe(40 * GIBIBYTE);
    expect(facts.backing.map(({ path: below }) => below)).toEqual([stock]);
    expect(await passwordOn(description)).toBe('Gift3d!');
    const [address] = (await show(id)).addresses['public'] ?? [];
    expect(address?.addr).toMatch(/^127\./);
    expect(address?.addr).not.toBe(lab.machine.options.address);
    expect(description.nic?.mac).toBe(address?.['OS-EXT-IPS-MAC:mac_addr']);
    expect(description.nic?.hostForwards?.map(({ hostAddress }) => hostAddress)).toEqual([
      address?.addr,
      address?.addr,
    ]);
    const [own] = (await show(lab.serverId)).addresses['public'] ?? [];
    expect(own).toMatchObject({
      addr: lab.machine.options.address,
      'OS-EXT-IPS-MAC:mac_addr': lab.machine.options.mac,
    });
  });

  it('are gone with disks and address when they are deleted', { timeout }, async () => {
    const id = await create({ config_drive: true });
    const files = (last().disks ?? []).map(({ path: file }) => file);
    const [before] = (await show(id)).addresses['public'] ?? [];
    expect(files.map(existsSync)).toEqual([true, true]);
    await call('DELETE', `/servers/${id}`);
    await expect.poll(async () => (await call('GET', `/servers/${id}`)).status, { timeout }).toBe(404);
    expect(files.map(existsSync)).toEqual([false, false]);
    expect(machines.last.ended).toBe(true);
    expect(lab.machineOf(id)).toBeUndefined();
    const [again] = (await show(await create())).addresses['public'] ?? [];
    expect(again?.addr).toBe(before?.addr);
  });

  it('are gone also when they are deleted while they are being made', { timeout }, async () => {
    const { image: imageRef, flavor: flavorRef } = lab.provider;
    const body = { server: { name: 'short', imageRef, flavorRef, config_drive: true } };
    const answer = await call('POST', '/servers', body);
    const { id } = (answer.body as { server: Shown }).server;
    await call('DELETE', `/servers/${id}`);
    await expect.poll(async () => (await call('GET', `/servers/${id}`)).status, { timeout }).toBe(404);
    expect(machines.started.map(({ ended }) => ended)).not.toContain(false);
    expect(lab.machines).toEqual([lab.machine]);
  });

  it('are gone also while their guest is waited for', { timeout }, async () => {
    const id = await create();
    await act(id, { 'os-stop': null });
    await expect.poll(() => machines.last.presses, { timeout }).toBe(1);
    await call('DELETE', `/servers/${id}`);
    await expect.poll(async () => (await call('GET', `/servers/${id}`)).status, { timeout }).toBe(404);
    expect(machines.last.ended).toBe(true);
  });

  it('have no config drive and no network where none is asked for', { timeout }, async () => {
    const { image: imageRef, flavor: flavorRef } = lab.provider;
    const body = { server: { name: 'bare', imageRef, flavorRef, networks: 'none' } };
    const answer = await call('POST', '/servers', body, { 'openstack-api-version': 'compute 2.37' });
    await becomes((answer.body as { server: Shown }).server.id, 'ACTIVE');
    expect(disksOf(last())).toEqual(['root']);
    expect(last().nic).toBeUndefined();
    expect(last().vnc).toMatch(/^127\./);
  });

  it('are rescued with a fresh disk and password, and have their hardware again afterwards', {
    timeout,
  }, async () => {
    const id = await create({ config_drive: true, adminPass: 'Gift3d!' });
    const before = last();
    await act(id, { rescue: { adminPass: 'Rescue-1!' } });
    await expect.poll(() => machines.last.presses, { timeout }).toBe(1);
    machines.last.switchesItselfOff();
    await becomes(id, 'RESCUE');
    expect(disksOf(last())).toEqual(['rescue', 'root', 'config-2']);
    expect(await passwordOn(last())).toBe('Rescue-1!');
    await act(id, { unrescue: null });
    await becomes(id, 'ACTIVE');
    expect(last()).toEqual(before);
  });

  it('are rebuilt with the new password on their config drive', { timeout }, async () => {
    const id = await create({ config_drive: true, adminPass: 'Gift3d!' });
    await act(id, { rebuild: { imageRef: lab.provider.image, adminPass: 'N3w-one!' } });
    await expect.poll(() => machines.last.presses, { timeout }).toBe(1);
    machines.last.switchesItselfOff();
    await becomes(id, 'ACTIVE');
    expect(machines.started).toHaveLength(2);
    expect(await passwordOn(last())).toBe('N3w-one!');
    expect((await diskFacts(diskOf(last(), 'root'))).virtualSize).toBe(40 * GIBIBYTE);
  });

  it('are made of a snapshot with its bytes', { timeout }, async () => {
    const id = await create();
    Object.assign(machines.last, { qmp: { execute: async () => ({}) } });
    await act(id, { createImage: { name: 'copy' } });
    const copy = () => lab.provider.images.list().find(({ name }) => name === 'copy');
    await expect.poll(() => copy()?.status, { timeout }).toBe('active');
    await create({ imageRef: copy()?.id });
    const [below, bottom] = (await diskFacts(diskOf(last(), 'root'))).backing;
    expect(below?.path).toContain(`image-${copy()?.id}`);
    expect(bottom?.path).toBe(stock);
  });

  it('boot from a volume, which stays when they are deleted, until it is deleted too', {
    timeout,
  }, async () => {
    const { image: uuid, flavor: flavorRef } = lab.provider;
    const device = { source_type: 'image', destination_type: 'volume', uuid, boot_index: 0, volume_size: 2 };
    const answer = await call('POST', '/servers', {
      server: { name: 'bfv', flavorRef, block_device_mapping_v2: [device] },
    });
    const { id } = (answer.body as { server: Shown }).server;
    await becomes(id, 'ACTIVE');
    const [root] = last().disks ?? [];
    const [volume] = lab.provider.volumes.list();
    expect([root?.serial, root?.bootIndex]).toEqual([volume?.id.slice(0, 20), 0]);
    const facts = await diskFacts(root?.path ?? '');
    expect([facts.virtualSize, facts.backing[0]?.path]).toEqual([2 * GIBIBYTE, stock]);
    await call('DELETE', `/servers/${id}`);
    await expect
      .poll(() => lab.provider.volumes.get(volume?.id ?? '')?.status, { timeout })
      .toBe('available');
    expect(existsSync(root?.path ?? '')).toBe(true);
    lab.provider.volumes.delete(volume?.id ?? '');
    await expect.poll(() => existsSync(root?.path ?? ''), { timeout }).toBe(false);
  });

  it('are in ERROR where the host has no room for them', { timeout }, async () => {
    await restart({ room: 1 });
    const id = await create({}, 'ERROR');
    const { fault, addresses } = await show(id);
    expect(fault).toMatchObject({ code: 500, message: 'No valid host was found. ' });
    expect(addresses).toEqual({});
    expect(machines.started).toEqual([]);
    await call('DELETE', `/servers/${id}`);
    await expect.poll(async () => (await call('GET', `/servers/${id}`)).status, { timeout }).toBe(404);
  });
});
