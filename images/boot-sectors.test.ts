import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildMbr } from '../simulators/disk/mbr';
import { type RunningMachine, Session, startMachine } from '../simulators/vm';
import { qemuAvailable } from '../simulators/vm/testing/qemu-available';
import { volumeLoader } from '../simulators/windows/boot-manager';
import { assembleDiskCode, assembleVolumeCode, CORE_SECTOR } from './boot-sectors';
import { testContext } from './testing/test-context';

const RESTART = 'Press Ctrl+Alt+Del to restart';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-sectors-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('names the loader that a volume starts, and fits its sector', async () => {
  const context = testContext(folder);
  expect((await assembleDiskCode(context)).length).toBeLessThanOrEqual(440);
  for (const loader of ['BOOTMGR', 'NTLDR'] as const) {
    const code = await assembleVolumeCode(context, loader);
    expect(code.length).toBe(512);
    expect(volumeLoader(code)).toBe(loader);
  }
});

describe.skipIf(!qemuAvailable)('boot sectors under SeaBIOS', { timeout: 60_000 }, () => {
  let session: Session;
  beforeEach(() => {
    session = Session.start();
  });
  afterEach(() => session.dispose());

  /** A disk with two partitions and these flags; `change` sees its first 4 MiB. */
  async function start(
    flags: readonly number[],
    change: (disk: Buffer) => unknown = () => undefined,
  ): Promise<RunningMachine> {
    const context = testContext(folder);
    const bootCode = await assembleDiskCode(context);
    const partitions = [1, 2].map((number) => ({
      number,
      active: false,
      type: 7,
      startSector: number * 2048,
      sizeSectors: 2048,
    }));
    const disk = Buffer.alloc(4 << 20);
    disk.set(buildMbr({ bootCode, signature: 1, partitions }));
    for (const [index, flag] of flags.entries()) disk[0x1be + index * 16] = flag;
    disk.set(await assembleVolumeCode(context, 'BOOTMGR'), 2 << 20);
    change(disk);
    const file = path.join(folder, 'disk.raw');
    writeFileSync(file, disk);
    return startMachine(
      {
        name: 'sectors',
        cpus: 1,
        memoryMiB: 32,
        firmware: 'bios',
        disks: [{ id: 'disk', path: file, format: 'raw', interface: 'virtio', bootIndex: 0 }],
      },
      { session, accelerator: { kind: 'tcg', reason: 'tests' } },
    );
  }

  /** Where the core lies: a mark, its length in sectors, then code that writes a letter to the serial port and stops. */
  function putCore(disk: Buffer): void {
    const begin = CORE_SECTOR * 512;
    disk.write('RLab', begin, 'latin1');
    disk.writeUInt16LE(130, begin + 4);
    // mov al, [0x821a]; add al, '0'; mov dx, 0x3f8; out dx, al; mov al, [last sector's first byte]; out dx, al; hlt
    const code = [0xa0, 0x1a, 0x82, 0x04, 0x30, 0xba, 0xf8, 0x03, 0xee, 0xb8, 0x40, 0x18, 0x8e, 0xd8];
    disk.set([...code, 0xa0, 0x00, 0x00, 0xee, 0xf4], begin + 512);
    disk.write('!', begin + 512 * 130, 'latin1');
  }

  it.each<[string, readonly number[], string]>([
    ['no active partition', [0, 0], 'Missing operating system'],
    ['two active ones', [0x80, 0x80], 'Invalid partition table'],
    ['a flag that is none', [0, 0x81], 'Invalid partition table'],
    ['an active one without a boot sector', [0x80, 0], 'Missing operating system'],
    [
      'no core behind the table',
      [0, 0x80],
      `A disk read error occurred\\s+${RESTART.replaceAll('+', '\\+')}`,
    ],
  ])('say what is wrong with %s, and restart by Ctrl+Alt+Del', async (_name, flags, words) => {
    const machine = await start(flags);
    await machine.serial.waitFor(new RegExp(words), { deadline: 20_000, what: words });
    const reset = machine.qmp.once('RESET', { deadline: 20_000, what: 'the firmware to restart' });
    await machine.pressKeys(['ctrl', 'alt', 'delete']);
    await reset;
  });

  it('start the core with the number of the active partition, from wherever that is', async () => {
    const machine = await start([0, 0x80], putCore);
    await machine.serial.waitFor(/1!/, { deadline: 20_000, what: 'the core' });
  });
});
