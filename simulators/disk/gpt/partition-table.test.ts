import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { readGpt } from './index';

const DISK = '0b2394a9-095e-487d-8d48-719ecd4d78ca';
const PARTITION = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';
const BASIC_DATA = 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7';

describe('readGpt', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rescue-lab-gpt-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let bytes: Uint8Array;

  beforeEach(() => {
    const path = join(folder, 'disk.img');
    writeFileSync(path, '');
    truncateSync(path, 16 << 20);
    execFileSync('sfdisk', ['-q', path], {
      input: `label: gpt\nlabel-id: ${DISK}\nstart=2048, size=8192, type=${BASIC_DATA}, uuid=${PARTITION}, name="Basic data partition"\n`,
    });
    bytes = new Uint8Array(readFileSync(path));
  });

  const read = () =>
    readGpt({ sizeBytes: bytes.length, read: (offset, length) => bytes.slice(offset, offset + length) });

  const table = {
    diskGuid: DISK,
    partitions: [
      {
        number: 1,
        type: BASIC_DATA,
        guid: PARTITION,
        startSector: 2048,
        sizeSectors: 8192,
        name: 'Basic data partition',
      },
    ],
  };

  it('reads what sfdisk wrote', () => {
    expect(read()).toMatchObject(table);
  });

  it('falls back to the backup table when the primary is damaged', () => {
    bytes[512 + 56] = bytes[512 + 56]! ^ 1;
    expect(read()).toMatchObject(table);
  });

  it('says which checksum is wrong when both tables are damaged', () => {
    for (const sector of [1, bytes.length / 512 - 1])
      bytes[sector * 512 + 56] = bytes[sector * 512 + 56]! ^ 1;
    expect(read).toThrow(/The GPT header in sector 1 has the checksum 0x[0-9a-f]{8}, but its bytes give/);
  });

  it('returns nothing for a disk without a GPT', () => {
    bytes = new Uint8Array(1 << 20);
    expect(read()).toBeUndefined();
  });
});
