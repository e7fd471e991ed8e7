import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toHex } from '../../disk/bytes';
import { parseHive } from '../../disk/regf';
import { createSystemHive, encodeMountedLocation } from '../../disk/sam';
import { systemHiveMemory } from '.';
import { basicDisk, lettersOf, MachineRig, mirrorDisks, SIGNATURE } from './testing/machine-rig';

/** What the machine is after a restart: the same disks and SYSTEM hive, a new host. */
describe('after a restart', () => {
  let rig: MachineRig;
  let folder: string;
  let hive: string;
  beforeEach(() => {
    rig = new MachineRig();
    folder = mkdtempSync(join(tmpdir(), 'rescue-lab-hive-'));
    hive = join(folder, 'SYSTEM');
    const bootKey = new Uint8Array(16);
    writeFileSync(hive, createSystemHive({ computerName: 'RESCUE', bootKey }).serialize());
  });
  afterEach(() => {
    rig.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const start = (options = {}) => rig.start({ memory: systemHiveMemory(hive), ...options });
  const mountedDevices = () =>
    parseHive(readFileSync(hive))
      .key('MountedDevices')!
      .values()
      .map(({ name, data }) => [name.replace(/^#.*/, '#'), toHex(data)]);
  const at = (signature: number, sector: number) =>
    toHex(encodeMountedLocation({ style: 'mbr', signature, offsetBytes: sector * 512 }));

  it('volumes have the letters that they were given, or none', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096, 4096, 4096)];
    const host = await start({ sanPolicy: 'OnlineAll' });
    await host.assignLetter(2, 'X');
    await host.removeLetter(3);
    expect(mountedDevices()).toEqual([
      ['\\DosDevices\\C:', at(1, 2048)],
      ['\\DosDevices\\D:', at(2, 2048)],
      ['\\DosDevices\\X:', at(2, 6144)],
      ['#', at(2, 10240)],
    ]);
    expect(await lettersOf(await start({ sanPolicy: 'OnlineAll' }))).toEqual(['C', 'D', 'X', undefined]);
    await host.assignLetter(3, 'Z');
    expect(mountedDevices().map(([name]) => name)).not.toContain('#');
  });

  it('a newcomer takes no letter that a volume beside it had', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(3, 4096), basicDisk(2, 4096)];
    const before = rig.disks;
    rig.disks = [before[0]!, before[2]!];
    await start({ sanPolicy: 'OnlineAll' });
    rig.disks = before;
    expect(await lettersOf(await start({ sanPolicy: 'OnlineAll' }))).toEqual(['C', 'E', 'D']);
  });

  it('a volume keeps its letter when its disk was given another signature', async () => {
    rig.disks = [basicDisk(SIGNATURE, 16384), basicDisk(2, 4096, 4096)];
    const host = await start({ sanPolicy: 'OnlineAll' });
    await host.assignLetter(1, 'M');
    await host.setSignature(0, 0x01020304);
    await host.setSignature(1, SIGNATURE);
    expect(await lettersOf(await start({ sanPolicy: 'OnlineAll' }))).toEqual(['C', 'M', 'E']);
  });

  it('disks are online or offline as somebody left them, whatever the policy says', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096), basicDisk(3, 4096)];
    const host = await start();
    await host.onlineDisk(1);
    await host.setReadOnly(1, false);
    const states = (await (await start()).disks()).map(({ status, readOnly }) => [status, readOnly]);
    expect(states).toEqual([
      ['Online', false],
      ['Online', false],
      ['Offline', true],
    ]);
    await (await start()).offlineDisk(1);
    expect((await (await start({ sanPolicy: 'OnlineAll' })).disks()).map(({ status }) => status)).toEqual([
      'Online',
      'Offline',
      'Online',
    ]);
  });

  it('an imported disk group is no longer foreign', async () => {
    rig.disks = [basicDisk(1, 16384), ...mirrorDisks()];
    const host = await start({ sanPolicy: 'OnlineAll' });
    await host.importForeign(1);
    expect((await (await start({ sanPolicy: 'OnlineAll' })).disks()).map(({ status }) => status)).toEqual([
      'Online',
      'Online',
      'Online',
    ]);
  });

  it('says when nothing could be written, and goes on', async () => {
    rig.disks = [basicDisk(1, 16384), basicDisk(2, 4096)];
    const host = await start({ sanPolicy: 'OnlineAll' });
    rmSync(hive);
    await host.assignLetter(1, 'X');
    expect(await lettersOf(host)).toEqual(['C', 'X']);
    expect(rig.commands).toContainEqual(
      expect.stringMatching(/^warning: What is known of letters and disks could not be written\. ENOENT/),
    );
  });
});
