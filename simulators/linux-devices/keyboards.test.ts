import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeEvdevKey } from './evdev';
import { findKeyboards, findPowerButtons } from './find-keyboards';
import type { KeyPress } from './key-state';
import { Keyboards } from './keyboards';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'keyboards-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const device = (event: string, name: string, ev: string, key: string) => {
  const path = join(directory, event, 'device');
  mkdirSync(join(path, 'capabilities'), { recursive: true });
  writeFileSync(join(path, 'name'), `${name}\n`);
  writeFileSync(join(path, 'capabilities/ev'), `${ev}\n`);
  writeFileSync(join(path, 'capabilities/key'), `${key}\n`);
};

test('tells keyboards and power buttons by what they can send, and tablets from both', () => {
  // Bitmaps as Linux shows them for QEMU's devices.
  device('event0', 'Power Button', '3', '10000000000000 0');
  device(
    'event1',
    'AT Translated Set 2 keyboard',
    '120013',
    '402000000 3803078f800d001 feffffdfffefffff fffffffffffffffe',
  );
  device('event2', 'QEMU Virtio Tablet', 'f', '1f0000 0 0 0 0');
  expect(findKeyboards(directory, '/dev/input')).toEqual([
    { path: '/dev/input/event1', name: 'AT Translated Set 2 keyboard' },
  ]);
  expect(findPowerButtons(directory, '/dev/input')).toEqual([
    { path: '/dev/input/event0', name: 'Power Button' },
  ]);
});

test('joins the keys of keyboards, also of one that appears later', async () => {
  const devices: { path: string; name: string }[] = [];
  const plug = (name: string) => {
    const path = join(directory, name);
    execFileSync('mkfifo', [path]);
    devices.push({ path, name });
    return path;
  };
  const first = plug('event0');
  using keyboards = new Keyboards({ find: () => devices, directory });
  const next = () =>
    new Promise<KeyPress>((resolve) => {
      const stop = keyboards.onKey((press) => {
        stop();
        resolve(press);
      });
    });
  const fromFirst = next();
  appendFileSync(first, encodeEvdevKey({ code: 30, action: 'down' }));
  expect((await fromFirst).character).toBe('a');
  const fromSecond = next();
  const second = plug('event1');
  keyboards.rescan();
  appendFileSync(second, encodeEvdevKey({ code: 48, action: 'down' }));
  expect((await fromSecond).character).toBe('b');
});
