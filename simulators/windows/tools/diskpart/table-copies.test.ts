import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inspectGpt } from '../../../disk/gpt';
import { readMember } from '../../../disk/ldm';
import { type MemoryDisk, memoryDisk } from '../../../disk/testing/ldm-samples';
import { initialiseGpt } from '../../disk-tables';
import { basicDisk, MachineRig, mirrorDisks, SECTORS } from '../../host/testing/machine-rig';
import { session } from './testing/session';

let rig: MachineRig;
beforeEach(() => {
  rig = new MachineRig();
});
afterEach(() => rig.remove());

describe('rescan', () => {
  let gpt: MemoryDisk;
  beforeEach(() => {
    gpt = memoryDisk(new Uint8Array(SECTORS * 512));
    gpt.apply(initialiseGpt(gpt, () => '0b2394a9-095e-487d-8d48-719ecd4d78ca'));
    rig.disks = [basicDisk(1, 16384), gpt];
  });

  it.each([
    ['primary', 512],
    ['backup', (SECTORS - 1) * 512],
  ])('mends the damaged %s copy of a GPT, byte for byte', async (_name, offset) => {
    const sound = gpt.bytes.slice();
    gpt.bytes.fill(0, offset, offset + 64);
    await session(await rig.start({ sanPolicy: 'OnlineAll' }), 'rescan');
    expect(Buffer.compare(gpt.bytes, sound)).toBe(0);
  });

  it('leaves offline disks alone, and those of which nothing is left', async () => {
    gpt.bytes.fill(0, 512, 576);
    const host = await rig.start({ sanPolicy: 'OfflineAll' });
    await session(host, 'rescan');
    expect(inspectGpt(gpt).primary.state).toBe('absent');
    gpt.bytes.fill(0xee, (SECTORS - 1) * 512, (SECTORS - 1) * 512 + 64);
    const [answer] = await session(host, 'select disk 1', 'online disk', 'rescan').then((all) =>
      all.slice(-1),
    );
    expect(answer).toContain('DiskPart has finished scanning your configuration.');
  });
});

describe('recover', () => {
  it('writes the damaged copies of a disk group anew', async () => {
    const members = mirrorDisks();
    rig.disks = [basicDisk(1, 16384), ...members];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const damaged = () => members.map((disk) => readMember(disk)!.damagedCopies.length);
    await session(host, 'select disk 1', 'import');
    members[0]!.bytes.fill(0, 6 * 512, 7 * 512);
    expect(damaged()).toEqual([1, 0]);
    const answers = await session(host, 'select disk 1', 'recover');
    expect(answers.at(-1)).toBe('DiskPart successfully recovered the disk group of the selected disk.');
    expect(damaged()).toEqual([0, 0]);
  });

  it('wants a disk of a group', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096)];
    const host = await rig.start({ sanPolicy: 'OnlineAll' });
    const answers = await session(host, 'recover', 'select disk 1', 'recover');
    expect(answers[0]).toContain('There is no disk');
    expect(answers[2]).toContain('does not belong to a disk group');
  });
});
