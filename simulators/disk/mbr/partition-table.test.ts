import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chsOf } from './chs';
import {
  buildMbr,
  type MbrPartition,
  parseMbr,
  replaceBootCode,
  replacePartitions,
  setActive,
  setSignature,
} from './index';

const SECTORS = 204800;
const system: MbrPartition = { number: 1, active: true, type: 7, startSector: 2048, sizeSectors: 20480 };
const windows: MbrPartition = { number: 2, active: false, type: 7, startSector: 22528, sizeSectors: 100000 };
const bootCode = Uint8Array.from({ length: 440 }, (_, index) => index & 0xff);
const record = { bootCode, signature: 0xddba6bbb, partitions: [system, windows] };

describe('master boot record', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-mbr-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('parses what it builds, boot code included', () => {
    expect(parseMbr(buildMbr(record, SECTORS))).toEqual(record);
  });

  it('is read by sfdisk with the same signature, partitions and active flag', () => {
    const path = join(folder, 'disk.img');
    const image = new Uint8Array(SECTORS * 512);
    image.set(buildMbr(record, SECTORS));
    writeFileSync(path, image);
    const dump = execFileSync('sfdisk', ['-d', path], { encoding: 'utf8' });
    expect(dump).toContain('label: dos');
    expect(dump).toContain('label-id: 0xddba6bbb');
    expect(dump.match(/start=.*$/gm)?.map((line) => line.replaceAll(' ', ''))).toEqual([
      'start=2048,size=20480,type=7,bootable',
      'start=22528,size=100000,type=7',
    ]);
  });

  it('changes four bytes when the signature is set', () => {
    const before = buildMbr(record);
    const after = setSignature(before, 0x01020304);
    expect([...after.entries()].filter(([at, byte]) => byte !== before[at]).map(([at]) => at)).toEqual([
      0x1b8, 0x1b9, 0x1ba, 0x1bb,
    ]);
    expect(parseMbr(after)).toEqual({ ...record, signature: 0x01020304 });
  });

  it('changes 440 bytes when the boot code is replaced, and keeps the two after the signature', () => {
    const before = buildMbr(record);
    before.set([0x5a, 0x5a], 0x1bc);
    const after = replaceBootCode(before, Uint8Array.of(0x33, 0xc0));
    expect([...after.slice(0, 3)]).toEqual([0x33, 0xc0, 0]);
    expect(after.slice(3, 0x1b8).every((byte) => byte === 0)).toBe(true);
    expect(after.slice(0x1b8)).toEqual(before.slice(0x1b8));
    expect(() => replaceBootCode(before, new Uint8Array(441))).toThrow(
      'The boot code has 441 bytes and only 440 fit before the disk signature.',
    );
  });

  it('keeps the bytes of entries that stay, whatever geometry they were made for', () => {
    const before = buildMbr(record);
    before.set([0xfe, 0xff, 0xff], 0x1be + 1);
    const after = replacePartitions(before, [system, { ...windows, type: 0x17 }], SECTORS);
    expect([...after.entries()].filter(([at, byte]) => byte !== before[at])).toEqual([
      [0x1be + 16 + 4, 0x17],
    ]);
  });

  it('moves the active flag, takes it away, and leaves everything else', () => {
    const before = buildMbr(record);
    expect(parseMbr(setActive(before, 2))!.partitions.map(({ active }) => active)).toEqual([false, true]);
    const none = setActive(before, undefined);
    expect([...none.entries()].filter(([at, byte]) => byte !== before[at])).toEqual([[0x1be, 0]]);
  });

  it('has no active flag for what is no primary partition', () => {
    const sector = buildMbr({ signature: 1, partitions: [{ ...system, active: false, type: 5 }] });
    expect(() => setActive(sector, 1)).toThrow(
      'Partition 1 is the extended partition, which holds no boot sector.',
    );
    expect(() => setActive(sector, 2)).toThrow('Entry 2 of the table is unused.');
    expect(() => setActive(sector, 5)).toThrow('Partition 5 is no primary partition');
  });

  it('knows an uninitialised disk, and refuses to sign it', () => {
    expect(parseMbr(new Uint8Array(512))).toBeUndefined();
    expect(() => setSignature(new Uint8Array(512), 1)).toThrow('Initialise the disk first.');
  });

  it.each([
    [
      [{ ...windows, startSector: 2049 }, system],
      'Partition 2 starts at sector 2049, inside partition 1, which ends at 22527. Move or shrink one of them.',
    ],
    [
      [system, { ...windows, active: true }],
      'Partitions 1 and 2 are all active; a BIOS starts one. Mark only one of them.',
    ],
    [
      [{ ...windows, sizeSectors: SECTORS }],
      'Partition 2 ends at sector 227327, but the disk has only 204800 sectors. Shrink it or enlarge the disk.',
    ],
    [
      [
        { ...system, active: false, type: 5 },
        { ...windows, type: 0x0f },
      ],
      'Partitions 1 and 2 are all extended; a table has one at most. Put the logical drives into one of them.',
    ],
    [[{ ...windows, number: 5 }], 'A master boot record has the entries 1 to 4; there is no entry 5.'],
    [[system, { ...windows, number: 1 }], 'Two partitions have the number 1; the four entries are 1 to 4.'],
  ])('refuses a wrong table: %#', (partitions, sentence) => {
    expect(() => buildMbr({ signature: 1, partitions }, SECTORS)).toThrow(sentence);
  });

  it('refuses to parse a table whose status bytes are no status bytes', () => {
    const sector = buildMbr(record);
    sector[0x1be] = 0x41;
    expect(() => parseMbr(sector)).toThrow('Partition entry 1 has the status byte 0x41');
    expect(() => parseMbr(sector)).toThrow(expect.objectContaining({ offset: 0x1be }));
    expect(() => parseMbr(new Uint8Array(100))).toThrow('Sector 0 needs 512 bytes, got 100.');
  });
});

describe('chsOf', () => {
  it.each([
    [63, [1, 1, 0]],
    [2048, [32, 33, 0]],
    [16065 * 300, [0, 0x41, 0x2c]],
    [16065 * 1024, [0xfe, 0xff, 0xff]],
  ])('sector %i', (sector, expected) => {
    expect([...chsOf(sector)]).toEqual(expected);
  });
});
