import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allRecipes, ImageStore } from '../../images';
import { hasProgram } from '../../simulators/disk/testing/partition-programs';
import { nodeMachine } from './node-machine';
import { LISTING_NAMES, runListing } from './run-listing';
import { listingCases, writeCase } from './testing/listing-files';

interface Answer {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'rl-listing-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function inNode(words: readonly string[]): Answer {
  let output = '';
  let errors = '';
  const machine = {
    ...nodeMachine(folder),
    write: (buffer: ArrayBuffer, length: number) => {
      output += Buffer.from(buffer, 0, length).toString('latin1');
    },
    complain: (bytes: Uint8Array) => {
      errors += Buffer.from(bytes).toString('latin1');
    },
  };
  return { code: runListing(words, machine), output, errors };
}

const cases = listingCases();

describe('a listing', () => {
  it.each(cases)('of a sound file: $name', (listed) => {
    const { code, output, errors } = inNode(writeCase(folder, listed));
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output.split('\n').length).toBeGreaterThan(3);
  });

  it('tells of accounts without the boot key', () => {
    const { output } = inNode(writeCase(folder, cases[2]!));
    expect(output).toContain('| 03e8 | nadia | ADMIN |  |\n');
    expect(output).toContain('| 01f5 | Guest |  | dis/lock *BLANK* |\n');
  });

  it.each(LISTING_NAMES)('says that a file is not there: %s', (name) => {
    const path = join(folder, 'absent');
    expect(inNode([name, path])).toEqual({
      code: 1,
      output: '',
      errors: `${path}: There is no such file.\n`,
    });
  });

  it('says that a folder is none', () => {
    expect(inNode(['hive', folder])).toMatchObject({
      code: 1,
      errors: `${folder}: It is a folder, not a file.\n`,
    });
  });

  it.each(['table', 'groups', 'volume'])('refuses a qcow2 image by its name: %s', (name) => {
    const path = join(folder, 'disk.qcow2');
    writeFileSync(path, Buffer.concat([Buffer.from('QFI\xfb', 'latin1'), Buffer.alloc(1020)]));
    const { code, errors } = inNode([name, path]);
    expect(code).toBe(1);
    expect(errors).toMatch(/disk\.qcow2: This is a qcow2 image, .*`rescue-lab inspect`/);
  });

  it('names the file, the offset and the reason of damage', () => {
    const words = writeCase(folder, cases[5]!);
    const disk = cases[5]!.files[1]!.slice();
    // The database of the second disk, which has the same transaction as the first and is not needed; then of the first.
    const at = Buffer.from(disk).indexOf('VMDB');
    disk[at] = 0;
    writeFileSync(words[2]!, disk);
    const { code, errors } = inNode(words);
    expect(code).toBe(1);
    expect(errors).toMatch(
      new RegExp(`^${words[2]}: .*\\n {2}at byte ${at} \\(0x[0-9a-f]+\\): the configuration region`),
    );
  });
});

const recipe = allRecipes.find(({ name }) => name === 'listing')!;
const directory = new ImageStore().directoryOf(recipe);

describe.skipIf(!existsSync(join(directory, 'manifest.json')))(
  'the native program (image listing, built by npm start)',
  () => {
    /** Where it lies in a project: beside nothing that could answer in its place. */
    const native = (words: readonly string[]): Answer => {
      const program = join(folder, 'rescue-lab');
      copyFileSync(join(directory, 'rescue-lab'), program);
      const { status, stdout, stderr } = spawnSync(program, ['list', ...words], { encoding: 'latin1' });
      return { code: status, output: stdout, errors: stderr };
    };

    it.each(cases)('tells the same as Node.js: $name', (listed) => {
      const words = writeCase(folder, listed);
      expect(native(words)).toEqual(inNode(words));
    });

    it.each(cases)('tells the same as Node.js of damaged files: $name', (listed) => {
      const words = writeCase(folder, listed);
      const [first] = listed.files;
      const written = [...first!.keys()].filter((at) => first![at] !== 0);
      for (let round = 0; round < 40; round += 1) {
        const bytes = first!.slice();
        const at = written[(Math.imul(round + 1, 0x9e3779b1) >>> 0) % written.length]!;
        bytes[at] = bytes[at]! ^ (1 << (round % 8));
        writeFileSync(words[1]!, bytes);
        expect(native(words), `byte ${at}`).toEqual(inNode(words));
      }
    });

    it.skipIf(!hasProgram('mkntfs'))('tells the same as Node.js of a volume (package ntfs-3g)', () => {
      const path = join(folder, 'volume');
      writeFileSync(path, new Uint8Array(4 << 20));
      execFileSync('mkntfs', ['--quick', '--force', '--quiet', '--label', 'Größe', path], {
        stdio: 'ignore',
      });
      const words = ['volume', path];
      expect(inNode(words).output).toContain(`Volume Name: ${Buffer.from('Größe').toString('latin1')}\n`);
      expect(native(words)).toEqual(inNode(words));

      const sound = readFileSync(path);
      const clusterBytes = sound.readUInt16LE(0x0b) * sound.readUInt8(0x0d);
      const volumeRecord = Number(sound.readBigUInt64LE(0x30)) * clusterBytes + 3 * 1024;
      const places = [
        ...Array.from({ length: 84 }, (_, at) => at),
        ...Array.from({ length: 512 }, (_, at) => volumeRecord + at),
      ].filter((at) => sound[at] !== 0);
      const answers = new Set<number | null>();
      const image = openSync(path, 'r+');
      places.forEach((at, round) => {
        writeSync(image, Uint8Array.of(sound[at]! ^ (1 << (round % 8))), 0, 1, at);
        const answer = native(words);
        expect(answer, `byte ${at}`).toEqual(inNode(words));
        answers.add(answer.code);
        writeSync(image, sound, at, 1, at);
      });
      closeSync(image);
      expect(answers).toEqual(new Set([0, 1]));
    });

    it('tells the same as Node.js of a file that is cut short, empty or not there', () => {
      for (const listed of cases) {
        const words = writeCase(folder, listed);
        for (const length of [0, 1, 511, 600, 5000]) {
          writeFileSync(words[1]!, listed.files[0]!.subarray(0, length));
          expect(native(words), `${listed.name}, ${length} bytes`).toEqual(inNode(words));
        }
        rmSync(words[1]!);
        expect(native(words)).toEqual(inNode(words));
      }
    });

    it('hands a large hive to the same listing under Node.js', () => {
      const large = new Uint8Array(3 << 20);
      const words = writeCase(folder, { name: 'hive', files: [large] });
      for (const file of ['listing.cjs', 'listing.js', 'listing.js.cache'])
        copyFileSync(join(directory, file), join(folder, file));
      expect(native(words)).toEqual(inNode(words));
    });
  },
);
