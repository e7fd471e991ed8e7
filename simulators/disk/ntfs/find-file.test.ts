import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DiskFormatError } from '../bytes';
import { partOfDisk, type SectorReader } from '../mbr';
import { canFillNtfs, fillNtfs, makeNtfs } from '../testing/filled-ntfs';
import { memoryDisk } from '../testing/ldm-samples';
import { hasProgram, imageFolder } from '../testing/partition-programs';
import { findFileContent } from './index';

const images = imageFolder();
afterAll(() => images.remove());

const names = (path: string) => path.split('/').slice(1);

/** What the places of a file hold, a character for each byte. */
function readFile(volume: SectorReader, path: string): string | undefined {
  const content = findFileContent(volume, names(path));
  if (!content) return undefined;
  const pieces = content.places.map((place) => volume.read(place.offsetBytes, place.sizeBytes));
  return Buffer.concat(content.resident ? [content.resident] : pieces).toString('latin1');
}

/** What a program makes of a file; undefined where it finds none. */
function witness(program: string, ...args: string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { maxBuffer: 2 ** 26, encoding: 'latin1' });
  return status === 0 ? stdout : undefined;
}
const grub = (image: string, path: string) => witness('grub-fstest', image, 'cat', `(loop0)${path}`);
const ntfscat = (image: string, path: string) => witness('ntfscat', '-f', image, path);

const script = [
  'mkdir Boot Boot/en-US Logs Windows',
  // A full volume with holes of 64 KiB: a larger file is scattered over them.
  'i=0; while head -c 65536 /dev/zero > Logs/$i; do i=$((i + 1)); done 2> /dev/null',
  'rm Logs/*[05]; seq 80000 | head -c 400001 > Boot/linux; rm -f Logs/*',
  'for i in $(seq 500); do echo "language $i" > Boot/resources-of-language-$i.mui; done',
  // Names that are gone again leave blocks that are in use no more.
  'rm Boot/resources-of-language-[34]*.mui',
  'seq 20000 > bootmgr; echo small > Boot/small.ini; : > Boot/empty; echo folder > Windows/Boot',
  'truncate -s 1M Logs/sparse',
  // So many names that the record has no room for them.
  'seq 9000 > Logs/linked; for i in $(seq 60); do ln Logs/linked Logs/another-name-of-the-same-file-$i; done',
  'setfattr -h -n system.ntfs_dos_name -v BOOTMGR bootmgr',
  'setfattr -h -n system.ntfs_dos_name -v RESOUR~1 Boot/resources-of-language-77.mui',
].join('; ');

const paths = {
  found: [
    '/bootmgr',
    '/BootMGR',
    '/Boot/linux',
    '/Boot/small.ini',
    '/Boot/empty',
    '/Windows/Boot',
    '/Boot/resources-of-language-1.mui',
    '/Boot/resources-of-language-77.mui',
    '/Boot/RESOURCES-OF-LANGUAGE-77.MUI',
    '/Boot/resources-of-language-500.mui',
  ],
  missing: [
    '/ntldr',
    '/boot/linux',
    '/Boot/Linux',
    '/Boot/RESOUR~1',
    '/Boot/RESOURCES-OF-LANGUAGE-1.MUI',
    '/Boot/resources-of-language-33.mui',
    '/Boot/en-US/linux',
    '/bootmgr/linux',
    '/Boot',
  ],
};

/** How names are stored that are found in any case; ntfscat wants them so. */
const anyCase: Readonly<Record<string, string>> = {
  '/BootMGR': '/bootmgr',
  '/Boot/RESOURCES-OF-LANGUAGE-77.MUI': '/Boot/resources-of-language-77.mui',
};

describe.runIf(canFillNtfs && hasProgram('setfattr')).each<[string, string[]]>([
  ['usual sizes', []],
  ['clusters of 512 bytes', ['-c', '512']],
  ['clusters of 64 KiB', ['-c', '65536']],
  ['sectors of 4 KiB', ['-s', '4096']],
])('findFileContent on a volume with %s', (_name, options) => {
  let image: string;
  let volume: SectorReader;
  beforeAll(() => {
    image = images.write('volume.raw', 16 << 20, []);
    makeNtfs(image, ...options);
    fillNtfs(image, script);
    volume = memoryDisk(new Uint8Array(readFileSync(image)));
  });

  it.each(paths.found.map((path) => [path, anyCase[path] ?? path]))(
    'finds %s, as GRUB and ntfscat do',
    (path, stored) => {
      const text = readFile(volume, path);
      expect(text).toBeDefined();
      expect(findFileContent(volume, names(path))?.sizeBytes).toBe(text!.length);
      if (hasProgram('grub-fstest')) expect(grub(image, path)).toBe(text);
      expect(ntfscat(image, stored)).toBe(text);
    },
  );

  it.each(paths.missing)('does not find %s, as GRUB does not', (path) => {
    expect(readFile(volume, path)).toBeUndefined();
    if (hasProgram('grub-fstest')) expect(grub(image, path)).toBeUndefined();
  });

  it('has the places of a scattered file in their order', () => {
    const content = findFileContent(volume, ['Boot', 'linux'])!;
    expect(content.places.length).toBeGreaterThan(1);
    expect(content.sizeBytes).toBe(400_001);
  });

  it.each(['sparse', 'linked'])('does not know the places of %s, though it is there', (name) => {
    expect(ntfscat(image, `/Logs/${name}`)).toBeDefined();
    expect(findFileContent(volume, ['Logs', name])).toBeUndefined();
  });

  it('says so where the volume is cut short', () => {
    const short = partOfDisk(volume, 0, 64);
    expect(() => findFileContent(short, ['bootmgr'])).toThrow(DiskFormatError);
  });
});
