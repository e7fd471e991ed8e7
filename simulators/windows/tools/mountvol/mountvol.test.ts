import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PARTITION_TYPES } from '../../../disk/gpt';
import { parseHive } from '../../../disk/regf';
import { createSystemHive } from '../../../disk/sam';
import { addPartition, initialiseGpt } from '../../disk-tables';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand } from '../../shell/testing/run';
import { systemPrograms } from '..';
import { customerSignature, MiB, RescueMachine } from '../testing/rescue-machine';

const programs = systemPrograms(async () => []);
let machine: RescueMachine;
beforeEach(async () => {
  machine = await RescueMachine.start();
});
afterEach(() => machine[Symbol.asyncDispose]());

const hivePath = () => join(machine.folder, 'c/Windows/System32/config/SYSTEM');
async function putHive(): Promise<void> {
  await mkdir(join(machine.folder, 'c/Windows/System32/config'), { recursive: true });
  const hive = createSystemHive({
    computerName: 'X',
    bootKey: new Uint8Array(16),
    sanPolicy: 1,
    mountedDevices: [
      { letter: 'D', location: { style: 'mbr', signature: customerSignature, offsetBytes: MiB } },
      { letter: 'Q', location: { style: 'mbr', signature: 1, offsetBytes: MiB } },
    ],
  });
  await writeFile(hivePath(), hive.serialize());
}
const hive = async () => parseHive(await readFile(hivePath()));

describe('mountvol', () => {
  it('lists volumes by name, as Windows 10 does', async () => {
    // Windows 10's name of the volume at 0x10000 of disk 629458e4 was seen in a SYSTEM hive.
    const host = new MemoryHost([
      {
        volumes: [
          { letter: 'C', location: { style: 'mbr', signature: 0x629458e4, offsetBytes: 0x10000 } },
          { location: { style: 'mbr', signature: 0x629458e4, offsetBytes: 8_005_877_760 } },
        ],
      },
      {
        guid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
        volumes: [
          {
            letter: 'D',
            location: {
              style: 'gpt',
              diskGuid: '0b2394a9-095e-487d-8d48-719ecd4d78ca',
              partitionGuid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b',
            },
          },
        ],
      },
    ]);
    const { output } = await runCommand({ host, programs }, 'mountvol');
    expect(output.slice(output.indexOf('Possible')).split('\r\n')).toEqual([
      'Possible values for VolumeName along with current mount points are:',
      '',
      '    \\\\?\\Volume{629458e4-0000-0000-0000-010000000000}\\',
      '        C:\\',
      '',
      '    \\\\?\\Volume{629458e4-0000-0000-0000-30dd01000000}\\',
      '        *** NO MOUNT POINTS ***',
      '',
      '    \\\\?\\Volume{8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b}\\',
      '        D:\\',
      '',
      '',
    ]);
  });

  it('moves a letter by the volume’s name, which stays the same', async () => {
    const { output } = await machine.run('mountvol e: /l');
    const name = output.trim();
    expect(output).toBe(`    ${name}\r\n`);
    expect(name).toMatch(/^\\\\\?\\Volume\{[0-9a-f-]{36}\}\\$/);
    expect(await machine.run('mountvol E: /D')).toEqual({ exitCode: 0, output: '', errors: '' });
    expect((await machine.run('mountvol E: /L')).output).toBe(
      'The system cannot find the file specified.\r\n',
    );
    expect((await machine.run(`mountvol X: ${name}`)).exitCode).toBe(0);
    expect((await machine.run('mountvol x:\\ /l')).output).toBe(output);
  });

  it.each([
    'mountvol Y: \\\\?\\Volume{00000000-0000-0000-0000-000000000000}\\',
    'mountvol Y: D:',
    'mountvol C:\\folder /d',
    'mountvol D: /s',
    'mountvol /n',
    'mountvol /z',
    'mountvol D: /l more',
  ])('refuses %s', async (command) => {
    const { exitCode, output } = await machine.run(command);
    expect(exitCode).toBe(1);
    expect(output).toMatch(/^(The|Access) .*\.\r\n$/);
  });

  it('gives the EFI system partition a letter', async () => {
    const diskGuid = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
    const partitionGuid = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';
    const host = new MemoryHost([
      { volumes: [{ letter: 'C' }] },
      { guid: diskGuid, volumes: [{ location: { style: 'gpt', diskGuid, partitionGuid } }] },
    ]);
    await host.editDisks([1], [], ([disk]) => [initialiseGpt(disk!, () => diskGuid)]);
    const type = PARTITION_TYPES.efiSystem;
    const efi = {
      kind: 'primary',
      type,
      startSector: 2 ** 20,
      sizeSectors: 4096,
      guid: partitionGuid,
    } as const;
    await host.editDisks([1], [], ([disk]) => [addPartition(disk!, efi)]);
    const run = (command: string) => runCommand({ host, programs }, command);
    expect((await run('mountvol s: /s')).exitCode).toBe(0);
    expect((await host.volumes()).map(({ letter }) => letter)).toEqual(['C', 'S']);
    expect((await run('mountvol t: /s')).output).toBe('The parameter is incorrect.\r\n');
  });

  it('refuses a letter that is taken, and a second letter', async () => {
    const name = (await machine.run('mountvol D: /l')).output.trim();
    expect((await machine.run(`mountvol Y: ${name}`)).output).toBe('The parameter is incorrect.\r\n');
    await machine.run('mountvol D: /p');
    expect((await machine.run(`mountvol E: ${name}`)).output).toBe('The directory is not empty.\r\n');
  });

  it('keeps automatic letters and those of absent volumes where Windows does', async () => {
    await putHive();
    expect((await machine.run('mountvol /n')).exitCode).toBe(0);
    const manager = 'ControlSet001\\Services\\mountmgr';
    expect((await hive()).key(manager)?.getDword('NoAutoMount')).toBe(1);
    await machine.run('mountvol /E');
    expect((await hive()).key(manager)?.getDword('NoAutoMount')).toBe(0);
    expect((await machine.run('mountvol /R')).exitCode).toBe(0);
    const devices = (await hive()).key('MountedDevices');
    expect(devices?.getBinary('\\DosDevices\\D:')).toBeDefined();
    expect(devices?.getBinary('\\DosDevices\\Q:')).toBeUndefined();
  });
});
