import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder } from '../testing/partition-programs';
import { filePlace } from './index';

const folder = imageFolder();
afterAll(() => folder.remove());
const MIB = 2 ** 20;

describe.runIf(hasProgram('mkntfs') && hasProgram('ntfscp'))('filePlace', () => {
  let image: string;
  const content = Buffer.alloc(3 * MIB, 'what Windows starts with, ');
  const recordOf = (name: string): number =>
    Number(
      /Dumping Inode (\d+)/.exec(
        execFileSync('ntfsinfo', ['-f', '-F', name, image], { encoding: 'utf8' }),
      )?.[1],
    );
  const copy = (name: string, bytes: Uint8Array) => {
    const from = folder.write(`from-${name}`, bytes.length, [{ offsetBytes: 0, bytes }]);
    execFileSync('ntfscp', ['-f', '-q', image, from, `/${name}`]);
  };

  beforeAll(() => {
    image = folder.write('volume.raw', 16 * MIB, []);
    execFileSync('mkntfs', ['-F', '-Q', '-q', image]);
    copy('hal.dll', content);
    copy('small.ini', Buffer.from('[boot loader]\r\n'));
  });
  const volume = () => memoryDisk(new Uint8Array(readFileSync(image)));

  it('finds the bytes of a file that mkntfs and ntfscp have put there', () => {
    const disk = volume();
    const place = filePlace(disk, recordOf('/hal.dll'));
    expect(place?.sizeBytes).toBe(content.length);
    expect(Buffer.from(disk.read(place!.offsetBytes, place!.sizeBytes)).equals(content)).toBe(true);
  });

  it('leaves a file within its record, and a record that is none, to the file system', () => {
    expect(filePlace(volume(), recordOf('/small.ini'))).toBeUndefined();
    expect(filePlace(volume(), 10_000_000)).toBeUndefined();
  });
});
