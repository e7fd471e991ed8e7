import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ntfsBoot, standInCode, startPatient } from '../testing/patient';
import type { RescueMachine } from '../testing/rescue-machine';

let machine: RescueMachine;
beforeEach(async () => {
  machine = await startPatient();
});
afterEach(() => machine[Symbol.asyncDispose]());

const bootOf = (volume: number) => machine.host.readVolume(volume, 0, 16 * 512);

describe('bootsect /nt60', () => {
  it('updates volume and disk in the words of real Windows', async () => {
    // The transcript of formats.md, section 5; letter, volume and disk are this machine's.
    expect(await machine.run('bootsect /nt60 d: /force /mbr')).toEqual({
      exitCode: 0,
      errors: '',
      output: [
        'Target volumes will be updated with BOOTMGR compatible bootcode.',
        '',
        'D: (\\\\?\\Volume{5eed0801-0000-11e0-8000-806e6f6e6963})',
        '',
        '    Successfully updated NTFS filesystem bootcode.',
        '',
        '\\??\\PhysicalDrive1',
        '',
        '    Successfully updated disk bootcode.',
        '',
        'Bootcode was successfully updated on all targeted volumes.',
        '',
      ].join('\r\n'),
    });
    const boot = await bootOf(1);
    expect(boot.slice(3, 0x54)).toEqual(ntfsBoot(1, '').slice(3, 0x54));
    expect(boot.slice(0x54)).toEqual(ntfsBoot(2, 'BOOTMGR is missing').slice(0x54));
    expect((await machine.host.readDisk(1, 0, 512)).slice(0, 440)).toEqual(standInCode);
  });

  it('means the active partition by SYS, and leaves the disk alone without /mbr', async () => {
    const { output } = await machine.run('bootsect /nt60 SYS');
    expect(output).toContain('D: (');
    expect(output).not.toContain('PhysicalDrive');
    expect((await machine.host.readDisk(1, 0, 512)).slice(0, 440)).toEqual(new Uint8Array(440));
  });
});

it('cannot lock the running system’s own volume', async () => {
  await machine.host.writeVolume(0, [{ offsetBytes: 0, bytes: ntfsBoot(0, '') }]);
  const { output } = await machine.run('bootsect /nt60 C:');
  expect(output).toContain('volume could not be locked during the update:');
  expect((await bootOf(0)).slice(0x54)).toEqual(ntfsBoot(2, 'BOOTMGR is missing').slice(0x54));
});

it('updates every volume that has a file system with ALL', async () => {
  for (const volume of [0, 3, 4]) {
    await machine.host.writeVolume(volume, [{ offsetBytes: 0, bytes: ntfsBoot(volume, '') }]);
  }
  const { exitCode, output } = await machine.run('bootsect /nt60 ALL');
  expect(exitCode).toBe(0);
  expect(output.match(/\\\\\?\\Volume\{/g)).toHaveLength(5);
});

describe('bootsect /nt52', () => {
  it('needs a volume with the code of NTLDR', async () => {
    const before = await bootOf(1);
    expect(await machine.run('bootsect /nt52 D:')).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('No attached NTFS volume carries boot code that starts NTLDR.'),
    });
    expect(await bootOf(1)).toEqual(before);
    await machine.host.writeVolume(3, [{ offsetBytes: 0, bytes: ntfsBoot(3, 'NTLDR is missing') }]);
    expect((await machine.run('bootsect /nt52 D:')).output).toContain('NTLDR compatible bootcode');
    expect((await bootOf(1)).slice(0x54)).toEqual(ntfsBoot(3, 'NTLDR is missing').slice(0x54));
  });
});

it.each(['', '/nt60', '/nt60 X', '/nt60 D: /mbr /other'])('explains itself: bootsect %s', async (words) => {
  const { exitCode, output } = await machine.run(`bootsect ${words}`);
  expect(exitCode).toBe(1);
  expect(output).toContain('bootsect /nt60 | /nt52');
});

it('misses a volume that is not there', async () => {
  expect(await machine.run('bootsect /nt60 X:')).toMatchObject({
    exitCode: 1,
    output: 'Could not open the volume X:\r\n',
  });
});
