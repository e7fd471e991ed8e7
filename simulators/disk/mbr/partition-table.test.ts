import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { chsOf } from './chs';
import { buildMbr, type MbrPartition, parseMbr, setSignature } from './index';

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
    [[{ ...windows, number: 5 }], 'A master boot record has the entries 1 to 4; there is no entry 5.'],
    [[system, { ...windows, number: 1 }], 'Two partitions have the number 1; the four entries are 1 to 4.'],
  ])('refuses a wrong table: %#', (partitions, sentence) => {
    expect(() => buildMbr({ signature: 1, partitions }, SECTORS)).toThrow(sentence);
  });

  it('refuses to parse a table whose status bytes are no status bytes', () => {
    const sector = buildMbr(record);
    sector[0x1be] = 0x41;
    expect(() => parseMbr(sector)).toThrow('Partition entry 1 has the status byte 0x41');
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
