import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { FileAccess } from '../shell';
import { FileGate } from './file-gate';

function slowFiles() {
  const finish: (() => void)[] = [];
  const done: string[] = [];
  const files = {
    write: async (path: string) => {
      await new Promise<void>((resolve) => finish.push(resolve));
      done.push(path);
    },
    read: async (path: string) => {
      throw new Error(`no ${path}`);
    },
  } as unknown as FileAccess;
  return { files, finish, done };
}

it('brings what has begun to its end, and begins nothing more', async () => {
  const { files, finish, done } = slowFiles();
  const gate = new FileGate(files);
  const first = gate.files.write('C:\\one', new Uint8Array());
  let closed = false;
  const closing = gate.close().then(() => {
    closed = true;
  });
  let answered = false;
  gate.files.write('C:\\two', new Uint8Array()).then(() => {
    answered = true;
  });
  await setImmediate();
  expect(closed).toBe(false);
  finish[0]?.();
  await first;
  await closing;
  expect({ done, started: finish.length, answered }).toEqual({
    done: ['C:\\one'],
    started: 1,
    answered: false,
  });
});

it('hands errors on, and is closed all the same', async () => {
  const gate = new FileGate(slowFiles().files);
  const reading = gate.files.read('C:\\none');
  await gate.close();
  await expect(reading).rejects.toThrow('no C:\\none');
});
