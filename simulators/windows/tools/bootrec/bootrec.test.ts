import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createInstalledStore,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
} from '../../../disk/bcd';
import { buildMbr, parseMbr } from '../../../disk/mbr';
import { copySector, ntfsBoot, place, standInCode, startPatient } from '../testing/patient';
import { customerSignature, type RescueMachine, rescueSignature } from '../testing/rescue-machine';

const done = 'The operation completed successfully.\r\n';
let machine: RescueMachine;

beforeEach(async () => {
  machine = await startPatient();
});
afterEach(() => machine[Symbol.asyncDispose]());

describe('bootrec /fixmbr', () => {
  it('writes the 440 bytes of boot code of the customer’s disk, and nothing else', async () => {
    const before = await machine.host.readDisk(1, 0, 1024);
    expect(await machine.run('bootrec /fixmbr')).toEqual({ exitCode: 0, output: done, errors: '' });
    const after = await machine.host.readDisk(1, 0, 1024);
    expect(after.slice(0, 440)).toEqual(standInCode);
    expect(after.slice(440)).toEqual(before.slice(440));
    expect(parseMbr(after)?.signature).toBe(customerSignature);
    expect(await machine.host.readDisk(0, 0, 512)).toEqual(new Uint8Array(512));
  });

  it('takes the code of Windows from another disk where the disk brings none', async () => {
    await machine.run('del E:\\Windows\\Boot\\Standin\\mbr.bin');
    const bootCode = new Uint8Array(440);
    bootCode.set(
      Buffer.from('Invalid partition table\0Error loading operating system\0Missing operating system'),
      99,
    );
    await machine.host.writeDisk(0, [
      { offsetBytes: 0, bytes: buildMbr({ bootCode, signature: rescueSignature, partitions: [] }) },
    ]);
    expect((await machine.run('bootrec /FixMbr')).output).toBe(done);
    expect((await machine.host.readDisk(1, 0, 512)).slice(0, 440)).toEqual(bootCode);
  });

  it('says so where no boot code is at hand, and writes nothing', async () => {
    await machine.run('del E:\\Windows\\Boot\\Standin\\mbr.bin');
    const before = await machine.host.readDisk(1, 0, 512);
    const { exitCode, output } = await machine.run('bootrec /fixmbr');
    expect(exitCode).toBe(1);
    expect(output).toContain('No boot code for disk 1 was found');
    expect(await machine.host.readDisk(1, 0, 512)).toEqual(before);
  });

  it('stops at a disk that is read-only', async () => {
    await machine.host.setReadOnly(1, true);
    expect(await machine.run('bootrec /fixmbr')).toMatchObject({
      exitCode: 1,
      output: 'The media is write protected.\r\n',
    });
  });
});

describe('bootrec /fixboot', () => {
  it('writes the boot record of the active partition and keeps its parameters', async () => {
    expect((await machine.run('bootrec /fixboot')).output).toBe(done);
    const boot = await machine.host.readVolume(1, 0, 16 * 512);
    const wanted = ntfsBoot(2, 'BOOTMGR is missing');
    wanted.set(ntfsBoot(1, '').slice(3, 0x54), 3);
    expect(boot).toEqual(wanted);
    expect(await machine.host.readVolume(1, copySector * 512, 512)).toEqual(wanted.slice(0, 512));
  });

  it('finds no element where no partition is active', async () => {
    const sector = await machine.host.readDisk(1, 0, 512);
    sector[0x1be] = 0;
    await machine.host.writeDisk(1, [{ offsetBytes: 0, bytes: sector }]);
    // Seen on real Windows.
    expect(await machine.run('bootrec /fixboot')).toMatchObject({
      exitCode: 1,
      output: 'Element not found.\r\n',
    });
  });

  it('refuses a volume that is no NTFS', async () => {
    await machine.host.writeVolume(1, [{ offsetBytes: 0, bytes: new Uint8Array(512) }]);
    expect((await machine.run('bootrec /fixboot')).output).toContain(
      'does not contain a recognized file system',
    );
  });
});

// Seen on real Windows (formats.md, section 5).
const scanned = (count: number) =>
  [
    'Scanning all disks for Windows installations.',
    '',
    'Please wait, since this may take a while...',
    '',
    'Successfully scanned Windows installations.',
    `Total identified Windows installations: ${count}`,
    '',
  ].join('\r\n');

describe('bootrec /rebuildbcd', () => {
  const question = '[1]  E:\\Windows\r\nAdd installation to boot list? Yes(Y)/No(N)/All(A):';
  const store = (device: ReturnType<typeof place>) =>
    createInstalledStore({ systemPartition: place(1), windowsPartition: device });

  it('makes the store anew where it is gone', async () => {
    expect(await machine.run('bootrec /rebuildbcd', 'Y\n')).toMatchObject({
      exitCode: 0,
      output: `${scanned(1)}${question}${done}`,
    });
    const rebuilt = await machine.store('d/Boot/BCD');
    expect(rebuilt.bootManager?.getDevice(LIBRARY.device)).toEqual(place(1));
    expect(rebuilt.object('{default}')?.getDevice(LIBRARY.device)).toEqual(place(101));
    expect(rebuilt.object('{default}')?.getDevice(LOADER.osdevice)).toEqual(place(101));
    expect((await machine.run('bootrec /scanos')).output).toBe(`${scanned(0)}${done}`);
  });

  it('adds to a store whose entry leads nowhere, and leaves that entry alone', async () => {
    const elsewhere = { ...place(101), signature: 0x99999999 } as unknown as ReturnType<typeof place>;
    await machine.put('d/Boot/BCD', store(elsewhere));
    expect((await machine.run('bootrec /scanos')).output).toBe(`${scanned(1)}[1]  E:\\Windows\r\n${done}`);
    await machine.run('bootrec /rebuildbcd', 'a\n');
    const rebuilt = await machine.store('d/Boot/BCD');
    const [old, added] = rebuilt.bootManager?.getObjects(0x24000001) ?? [];
    expect(rebuilt.object(old ?? '')?.getDevice(LIBRARY.device)).toEqual(elsewhere);
    expect(rebuilt.object(added ?? '')?.getDevice(LIBRARY.device)).toEqual(place(101));
    expect(rebuilt.object(added ?? '')?.getString(LIBRARY.description)).toBe(
      'Windows Server 2008 R2 Standard (recovered)',
    );
  });

  it('lists an installation without a letter by its device, and the running system’s never', async () => {
    await machine.host.removeLetter(2);
    const { output } = await machine.run('bootrec /scanos');
    expect(output).toBe(`${scanned(1)}[1]  \\\\?\\GLOBALROOT\\Device\\HarddiskVolume3\\Windows\r\n${done}`);
  });

  it('lists nothing that the store starts already', async () => {
    await machine.put('d/Boot/BCD', store(place(101)));
    expect((await machine.run('bootrec /rebuildbcd', 'Y\n')).output).toBe(`${scanned(0)}${done}`);
  });

  it.each(['N\n', ''])('adds nothing after the answer %j', async (answer) => {
    expect((await machine.run('bootrec /rebuildbcd', answer)).output).toBe(`${scanned(1)}${question}${done}`);
    await expect(machine.store('d/Boot/BCD')).rejects.toThrow('ENOENT');
  });

  it('reports a lost system partition after the scan, as real Windows does', async () => {
    await machine.host.writeDisk(1, [{ offsetBytes: 0, bytes: buildMbr({ signature: 1, partitions: [] }) }]);
    expect(await machine.run('bootrec /rebuildbcd', 'Y\n')).toMatchObject({
      exitCode: 1,
      output: `${scanned(1)}${question}The requested system device cannot be found.\r\n`,
    });
  });
});

it('explains itself for any other word', async () => {
  expect(await machine.run('bootrec')).toMatchObject({ exitCode: 0 });
  expect((await machine.run('bootrec /fixall')).output).toContain('/rebuildbcd');
  expect((await machine.run('bootrec /fixall')).exitCode).toBe(1);
});
