import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../../../disk/bytes';
import { parseHive } from '../../../disk/regf';
import { createSystemHive } from '../../../disk/sam';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand } from '../../shell/testing/run';
import { systemPrograms } from '..';
import { haveNtfsPrograms, makeNtfs, ntfsInfo, volumeFlags } from '../testing/ntfs-image';
import { RescueMachine } from '../testing/rescue-machine';
import { readVolumeFacts } from './volume-facts';

let machine: RescueMachine;
let image: Uint8Array;
beforeEach(async () => {
  machine = await RescueMachine.start();
  if (!haveNtfsPrograms) return;
  image = makeNtfs();
  await put(image);
});
afterEach(() => machine[Symbol.asyncDispose]());

/** D: and C: hold these bytes. */
async function put(bytes: Uint8Array): Promise<void> {
  for (const volume of [0, 1]) await machine.host.writeVolume(volume, [{ offsetBytes: 0, bytes }]);
}

function setDirty(): Uint8Array {
  const dirty = image.slice();
  for (const at of volumeFlags(dirty)) dirty[at] = 1;
  return dirty;
}

const lines = async (command: string) => (await machine.run(command)).output.split('\r\n');

describe.skipIf(!haveNtfsPrograms)('chkdsk', () => {
  it('reports a sound volume in the words of Windows 10, with figures that ntfsinfo confirms', async () => {
    const host = new MemoryHost([{ volumes: [{ letter: 'C', info: 'Boot' }, { letter: 'D' }] }]);
    await host.writeVolume(1, [{ offsetBytes: 0, bytes: image }]);
    const programs = systemPrograms(async () => []);
    const { exitCode, output } = await runCommand({ host, programs }, 'chkdsk D:');
    const free = ntfsInfo(image, 'Free Clusters');
    const clusters = ntfsInfo(image, 'Volume Size in Clusters');
    expect(exitCode).toBe(0);
    // Layout of the totals: reports of real Windows 10.
    expect(output.split('\r\n').filter((line) => !/KB in |in use by|log file|entries/.test(line))).toEqual([
      'The type of the file system is NTFS.',
      'Volume label is Data.',
      '',
      'WARNING!  /F parameter not specified.',
      'Running CHKDSK in read-only mode.',
      '',
      'Stage 1: Examining basic file system structure ...',
      // As many as mkntfs makes: 24 of NTFS' own, then those below $Extend.
      '  27 file records processed.',
      'File verification completed.',
      '  0 bad file records processed.',
      '',
      'Stage 2: Examining file name linkage ...',
      'Index verification completed.',
      '',
      'Stage 3: Examining security descriptors ...',
      'Security descriptor verification completed.',
      '  0 data files processed.',
      '',
      'Windows has scanned the file system and found no problems.',
      'No further action is required.',
      '',
      `${String(Math.floor((image.length - 512) / 1024)).padStart(10)} KB total disk space.`,
      `${String((free * 4096) / 1024).padStart(10)} KB available on disk.`,
      '',
      '      4096 bytes in each allocation unit.',
      `${String(clusters).padStart(10)} total allocation units on disk.`,
      `${String(free).padStart(10)} allocation units available on disk.`,
      '',
    ]);
  });

  it('speaks as Windows Server 2008 R2 does on one', async () => {
    expect(await lines('chkdsk d:')).toEqual(
      expect.arrayContaining([
        'CHKDSK is verifying files (stage 1 of 3)...',
        'Windows has checked the file system and found no problems.',
      ]),
    );
    expect(await lines('chkdsk d: /r')).toContain('CHKDSK is verifying free space (stage 5 of 5)...');
  });

  it('tells of the dirty mark, and has it cleared with /f', async () => {
    await put(setDirty());
    expect((await machine.run('fsutil dirty query d:')).output).toBe('Volume - D: is Dirty\r\n');
    const { exitCode, output } = await machine.run('chkdsk D:');
    expect(exitCode).toBe(2);
    expect(output).toContain('The volume is dirty: it was not dismounted cleanly.');
    expect(machine.host.log).toEqual(['check 1']);
    expect((await machine.run('chkdsk D: /F')).exitCode).toBe(0);
    expect(machine.host.log).toEqual(['check 1', 'repair 1']);
    await put(image);
    expect((await machine.run('fsutil dirty query D:')).output).toBe('Volume - D: is NOT Dirty\r\n');
  });

  it('finds faults, mends them with /f, and says when it cannot', async () => {
    machine.host.checks.set(1, { sound: true, repaired: true });
    expect(await machine.run('chkdsk D:')).toMatchObject({
      exitCode: 3,
      output: expect.stringContaining('Run CHKDSK with the /F (fix) option to correct these.'),
    });
    expect(await machine.run('chkdsk D: /f')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('Windows has made corrections to the file system.'),
    });
    machine.host.checks.set(1, { sound: false, repaired: false });
    expect((await machine.run('chkdsk D: /f')).exitCode).toBe(3);
  });

  describe('of a volume in use', () => {
    // Documented by Microsoft.
    const question = [
      'The type of the file system is NTFS.',
      'Cannot lock current drive.',
      '',
      'Chkdsk cannot run because the volume is in use by another',
      'process.  Would you like to schedule this volume to be',
      'checked the next time the system restarts? (Y/N) ',
    ].join('\r\n');

    it('schedules a check of the running system’s own', async () => {
      const config = join(machine.folder, 'c/Windows/System32/config');
      await mkdir(config, { recursive: true });
      const hive = createSystemHive({
        computerName: 'X',
        bootKey: new Uint8Array(16),
        mountedDevices: [],
        sanPolicy: 1,
      });
      await writeFile(join(config, 'SYSTEM'), hive.serialize());
      expect(await machine.run('chkdsk /f', 'Y\n')).toMatchObject({
        exitCode: 3,
        output: `${question}\r\nThis volume will be checked the next time the system restarts.\r\n`,
      });
      const after = parseHive(await readFile(join(config, 'SYSTEM')));
      expect(after.key('ControlSet001\\Control\\Session Manager')?.getStrings('BootExecute')).toEqual([
        'autocheck autochk /p \\??\\C:',
        'autocheck autochk *',
      ]);
    });

    it('leaves it alone after N, and says where it cannot schedule', async () => {
      machine.host.checks.set(1, 'in-use');
      expect((await machine.run('chkdsk D: /f', 'n\n')).output).toBe(`${question}\r\n`);
      expect((await machine.run('chkdsk D: /f', 'y\n')).output).toContain('could not schedule');
    });
  });

  it('survives damaged volumes: figures, or a refusal that says where and why', async () => {
    let state = 7;
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.floor((state / 2 ** 32) * below);
    };
    const table = Number(image[0x30]) * 4096;
    let refused = 0;
    for (let round = 0; round < 500; round += 1) {
      const bytes = image.slice();
      for (let change = random(4); change >= 0; change -= 1) {
        const at = random(3) === 0 ? random(0x54) : table + random(16 * 1024);
        bytes[at] = random(256);
      }
      const read = async (offset: number, length: number) => {
        const part = new Uint8Array(length);
        part.set(bytes.subarray(offset, offset + length));
        return part;
      };
      await readVolumeFacts(read).catch((error: unknown) => {
        expect(error).toBeInstanceOf(DiskFormatError);
        refused += 1;
      });
    }
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(500);
  });
});

describe('chkdsk refuses', () => {
  it.each([
    ['chkdsk x:', 'The drive, the path, or the file name is not valid.\r\n'],
    ['chkdsk e:', 'The type of the file system is RAW.\r\nCHKDSK is not available for RAW drives.\r\n'],
    ['chkdsk e: /q', 'Invalid parameter - /q\r\n'],
    ['chkdsk e: f:', 'Invalid parameter - f:\r\n'],
  ])('%s', async (command, output) => {
    expect(await machine.run(command)).toMatchObject({ exitCode: 3, output });
  });
});

it.skipIf(!haveNtfsPrograms)('fsutil marks a volume as dirty', async () => {
  expect(await machine.run('fsutil dirty set d:')).toMatchObject({
    exitCode: 0,
    output: 'Volume - D: is now marked dirty\r\n',
  });
  expect((await machine.run('fsutil dirty query d:')).output).toBe('Volume - D: is Dirty\r\n');
});

it('fsutil knows dirty query and set, and nothing else', async () => {
  expect((await machine.run('fsutil')).output).toContain('fsutil dirty query');
  expect(await machine.run('fsutil fsinfo drives')).toMatchObject({
    exitCode: 1,
    output: 'FSUTIL FSINFO is not part of the stand-in.\r\n',
  });
  expect((await machine.run('fsutil nonsense')).exitCode).toBe(1);
  expect((await machine.run('fsutil dirty query x:')).exitCode).toBe(1);
  expect((await machine.run('fsutil dirty query e:')).exitCode).toBe(1);
});
