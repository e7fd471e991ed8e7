import { describe, expect, it } from 'vitest';
import type { MachineDescription } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { bootKey } from './boot-key';

const description: MachineDescription = {
  name: 'ns1',
  cpus: 2,
  memoryMiB: 64,
  firmware: 'bios',
  vnc: '127.1.2.3:5900',
  disks: [{ id: 'system', path: '/a/system.qcow2', format: 'qcow2', interface: 'virtio', serial: 'RL-1' }],
};
const tcg = { kind: 'tcg', reason: 'tests' } as const;
const target = { name: 'rescue', images: { kernel: 'kernel-1', initrd: 'initrd-1' }, code: 'c0de' };

describe.skipIf(!qemuAvailable)('bootKey', () => {
  it('is the same for another server of the same kind, at another address and with other disk files', async () => {
    const other: MachineDescription = {
      ...description,
      name: 'ns2',
      vnc: '127.9.9.9:5999',
      disks: [{ ...description.disks![0]!, path: '/b/system.raw', format: 'raw', trackReads: true }],
    };
    expect(await bootKey(other, { ...tcg, reason: 'other tests' }, target)).toBe(
      await bootKey(description, tcg, target),
    );
  });

  it('changes with hardware, accelerator, images, target and the code that walks there', async () => {
    const keys = await Promise.all([
      bootKey(description, tcg, target),
      bootKey({ ...description, memoryMiB: 128 }, tcg, target),
      bootKey({ ...description, firmware: 'uefi' }, tcg, target),
      bootKey({ ...description, disks: [{ ...description.disks![0]!, serial: 'RL-2' }] }, tcg, target),
      bootKey(description, { kind: 'kvm', reason: 'tests' }, target),
      bootKey(description, tcg, { ...target, images: { ...target.images, initrd: 'initrd-2' } }),
      bootKey(description, tcg, { ...target, images: { kernel: 'kernel-1' } }),
      bootKey(description, tcg, { ...target, name: 'boot-failure' }),
      bootKey(description, tcg, { ...target, code: 'c0de2' }),
    ]);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
