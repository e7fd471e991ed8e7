import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasProgram } from '../../../disk/testing/partition-programs';
import { linuxBlockDevices } from '../../host';
import { openFat } from '.';

const missing = ['mkfs.vfat', 'fsck.fat', 'mdir', 'mtype'].filter((program) => !hasProgram(program));
const path = (name: string) => `\\Device\\HarddiskVolume1\\${name}`;

describe.skipIf(missing.length > 0)(`files of a FAT volume ${missing}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'fat-volume-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (file: string, readOnly = false) => openFat(linuxBlockDevices.open(file), { readOnly });
  function make(name: string, kib: number, ...words: string[]): string {
    const file = join(folder, name);
    execFileSync('mkfs.vfat', [...words, '-C', file, String(kib)], { stdio: 'ignore' });
    return file;
  }
  const sound = (file: string) => execFileSync('fsck.fat', ['-n', file], { encoding: 'utf8' });

  it.each([
    ['FAT12', ['-F', '12'], 2880, 512],
    ['FAT16', ['-F', '16', '-s', '1'], 8192, 512],
    ['FAT32', ['-F', '32', '-s', '1'], 40_960, 512],
    ['FAT16 with sectors of 4 KiB', ['-F', '16', '-s', '1', '-S', '4096'], 40_960, 4096],
  ])('in %s', async (kind, words, kib, unit) => {
    const file = make(kind, kib, ...words);
    const { volume, files } = await open(file);
    const free = await files.freeBytes(path(''));
    expect(free % unit).toBe(0);
    const names = Array.from({ length: 80 }, (_, index) => `A file with a long name ${index}.text`);
    await files.makeFolder(path('one\\Two and more'));
    for (const name of names)
      await files.write(path(`one\\Two and more\\${name}`), Buffer.from(name), {
        modified: new Date(2003, 3, 5, 6, 7, 8),
      });
    const last = path(`ONE\\TWOAND~1\\${names.at(-1)}`);
    await files.setAttributes(last, 0x03);
    expect(await files.attributes([last, path('one')])).toEqual([0x03, 0x10]);
    const listed = await files.list(path('one\\two and more'));
    expect(listed.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(new Set(listed.map(({ modified }) => modified.getTime()))).toEqual(
      new Set([new Date(2003, 3, 5, 6, 7, 8).getTime()]),
    );
    volume.close();
    expect(sound(file)).toMatch(/: 82 files, /);
    const entry = execFileSync('mdir', ['-a', '-i', file, `::one/Two and more/${names[79]}`], {
      encoding: 'utf8',
    });
    expect(entry).toContain('2003-04-05   6:07');
    expect(execFileSync('mtype', ['-i', file, `::one/Two and more/${names[40]}`], { encoding: 'utf8' })).toBe(
      names[40],
    );

    const again = await open(file);
    await again.files.removeFolder(path('one'), { recursive: true });
    expect(await again.files.list(path(''))).toEqual([]);
    expect(await again.files.freeBytes(path(''))).toBe(free);
    again.volume.close();
    sound(file);
  });

  describe('as Windows has it', () => {
    it('renames by case, by a short name and over a file, but no folder into itself', async () => {
      const file = make('rename', 4096);
      const { volume, files } = await open(file);
      await files.makeFolder(path('Some long folder'));
      await files.write(path('program file.txt'), Buffer.from('1'));
      await files.rename(path('PROGRA~1.TXT'), path('Program File.TXT'));
      await files.write(path('other'), Buffer.from('2'));
      await files.rename(path('OTHER'), path('PROGRA~1.TXT'));
      expect((await files.list(path(''))).map(({ name }) => name)).toEqual([
        'Program File.TXT',
        'Some long folder',
      ]);
      expect(Buffer.from(await files.read(path('program file.txt'))).toString()).toBe('2');
      await expect(files.rename(path('SOMELO~1'), path('Some long folder\\in'))).rejects.toMatchObject({
        code: 87,
      });
      await expect(files.copy(path('PROGRA~1.TXT'), path('program file.txt'))).rejects.toMatchObject({
        code: 32,
      });
      volume.close();
      sound(file);
    });

    it('replaces a file and leaves no other', async () => {
      const file = make('replace', 4096);
      const { volume, files } = await open(file);
      await files.write(path('BCD'), new Uint8Array(9000).fill(1));
      await files.writeAtomically(path('BCD'), new Uint8Array(20_000).fill(2));
      expect(await files.list(path(''))).toMatchObject([{ name: 'BCD', sizeBytes: 20_000 }]);
      await expect(files.writeAtomically(path('BCD'), new Uint8Array(5 << 20))).rejects.toMatchObject({
        code: 112,
      });
      expect(await files.list(path(''))).toMatchObject([{ name: 'BCD', sizeBytes: 20_000 }]);
      expect(await files.read(path('bcd'))).toEqual(new Uint8Array(20_000).fill(2));
      volume.close();
      sound(file);
    });

    it('refuses with codes', async () => {
      const file = make('refuse', 4096);
      const { volume, files } = await open(file);
      await files.makeFolder(path('a\\b'));
      await files.write(path('f'), new Uint8Array(1));
      const refusals: [Promise<unknown>, number][] = [
        [files.read(path('none')), 2],
        [files.read(path('no\\ne')), 3],
        [files.write(path('no\\ne'), new Uint8Array(1)), 3],
        [files.read(path('a')), 5],
        [files.list(path('f')), 267],
        [files.makeFolder(path('a')), 80],
        [files.makeFolder(path('f\\b')), 3],
        [files.removeFolder(path('a'), { recursive: false }), 145],
      ];
      for (const [refusal, code] of refusals) await expect(refusal).rejects.toMatchObject({ code });
      volume.close();
      const reading = await open(file, true);
      await expect(reading.files.write(path('new'), new Uint8Array(1))).rejects.toMatchObject({ code: 5 });
      await expect(reading.files.setAttributes(path('f'), 1)).rejects.toMatchObject({ code: 5 });
    });

    it('says what is no FAT volume, and where the medium fails', async () => {
      const file = join(folder, 'none');
      writeFileSync(file, new Uint8Array(65_536));
      await expect(open(file)).rejects.toThrow();
      const sick = linuxBlockDevices.open(make('sick', 4096));
      let failing = false;
      const { files } = await openFat(
        {
          ...sick,
          read: (offset, length) => {
            if (failing) throw new Error('A sector cannot be read.');
            return sick.read(offset, length);
          },
        },
        { readOnly: false },
      );
      failing = true;
      await expect(files.makeFolder(path('new'))).rejects.toMatchObject({
        code: 1117,
        cause: { message: 'A sector cannot be read.' },
      });
    });
  });
});
