import { describe, expect, it } from 'vitest';
import type { FileAccess } from '../shell';
import { writeOnDemand } from './write-on-demand';

/** Files that write down what is asked of them. */
function recordingFiles(log: string[]): FileAccess {
  const note =
    <T>(name: string, result: T) =>
    async (...args: unknown[]): Promise<T> => {
      log.push(`${name} ${args.filter((one) => typeof one === 'string').join(' ')}`);
      return result;
    };
  return {
    stat: note('stat', undefined),
    list: note('list', []),
    read: note('read', new Uint8Array(0)),
    write: note('write', undefined),
    patch: note('patch', undefined),
    writeAtomically: note('writeAtomically', undefined),
    copy: note('copy', undefined),
    rename: note('rename', undefined),
    removeFile: note('removeFile', undefined),
    removeFolder: note('removeFolder', undefined),
    makeFolder: note('makeFolder', undefined),
    attributes: note('attributes', []),
    setAttributes: note('setAttributes', undefined),
    freeBytes: note('freeBytes', 0),
  };
}

const BYTES = new Uint8Array(1);

describe('files that are written on demand', () => {
  it.each<[string, (files: FileAccess) => Promise<unknown>]>([
    ['write D:\\a', (files) => files.write('D:\\a', BYTES)],
    ['patch ', (files) => files.patch([{ path: 'D:\\a', pieces: [{ offset: 0, bytes: BYTES }] }])],
    ['writeAtomically D:\\a', (files) => files.writeAtomically('D:\\a', BYTES)],
    ['copy C:\\a D:\\a', (files) => files.copy('C:\\a', 'D:\\a')],
    ['rename D:\\b D:\\a', (files) => files.rename('D:\\b', 'D:\\a')],
    ['removeFile D:\\a', (files) => files.removeFile('D:\\a')],
    ['removeFolder D:\\a', (files) => files.removeFolder('D:\\a', { recursive: true })],
    ['makeFolder D:\\a', (files) => files.makeFolder('D:\\a')],
    ['setAttributes D:\\a', (files) => files.setAttributes('D:\\a', 1)],
  ])('are asked for before: %s', async (line, change) => {
    const log: string[] = [];
    const files = writeOnDemand(recordingFiles(log), async (path) => {
      log.push(`allow ${path}`);
    });
    await change(files);
    expect(log).toEqual(['allow D:\\a', line]);
  });

  it('are only read where nothing changes', async () => {
    const log: string[] = [];
    const files = writeOnDemand(recordingFiles(log), async () => {
      throw new Error('asked for without need');
    });
    await files.stat('D:\\a');
    await files.list('D:\\');
    await files.read('D:\\a');
    await files.attributes(['D:\\a']);
    await files.freeBytes('D:\\');
    expect(log).toEqual(['stat D:\\a', 'list D:\\', 'read D:\\a', 'attributes ', 'freeBytes D:\\']);
  });

  it('stay as they are where the volume cannot be made writable', async () => {
    const log: string[] = [];
    const files = writeOnDemand(recordingFiles(log), async () => {
      throw new Error('The volume is in use.');
    });
    await expect(files.removeFile('D:\\a')).rejects.toThrow('The volume is in use.');
    expect(log).toEqual([]);
  });
});
