import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Framebuffer, Key, type KeyPress, KeyState, usKey } from '../../linux-devices';
import { RescueRelay } from './relay';
import { FakeRfbServer } from './testing/fake-rfb-server';

const [width, height] = [20, 10];
let directory: string;
let listener: (press: KeyPress) => void;
let states: string[];
let onStates: (() => void)[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rescue-relay-'));
  writeFileSync(join(directory, 'fb'), Buffer.alloc(width * height * 4, 0x55));
  listener = () => {};
  states = [];
  onStates = [];
});
afterEach(() => rmSync(directory, { recursive: true }));

const socketPath = () => join(directory, 'vnc.sock');
const pixel = (x: number, y: number) => readFileSync(join(directory, 'fb')).readUInt32LE((y * width + x) * 4);
const openScreen = () => Framebuffer.open(join(directory, 'fb'), { width, height, stride: width * 4 });

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise<void>((resolve) => onStates.push(resolve));
}

function startRelay(framebuffer: Framebuffer): RescueRelay {
  return new RescueRelay({
    address: { path: socketPath() },
    framebuffer,
    keyboard: {
      onKey: (given) => {
        listener = given;
        return () => {
          listener = () => {};
        };
      },
    },
    retryInterval: 5,
    onState: (state) => {
      states.push(state);
      for (const wake of onStates.splice(0)) wake();
    },
  });
}

/** The file behind the screen changes when the relay has drawn; there is no event for it outside of the relay. */
async function pixelBecomes(x: number, y: number, colour: number): Promise<void> {
  for (let turn = 0; turn < 10_000; turn++) {
    if (pixel(x, y) === colour) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(pixel(x, y)).toBe(colour);
}

test('shows a smaller picture in the middle of a black screen and copies changes', async () => {
  await using server = await FakeRfbServer.listen(socketPath(), 10, 6, 0x112233);
  using screen = openScreen();
  await using _relay = startRelay(screen);
  await until(() => states.includes('connected'));
  expect(pixel(5, 2)).toBe(0x112233);
  expect(pixel(14, 7)).toBe(0x112233);
  expect([pixel(4, 2), pixel(15, 7), pixel(5, 1), pixel(5, 8)]).toEqual([0, 0, 0, 0]);
  server.fill(3, 2, 2, 1, 0xff8800);
  await pixelBecomes(9, 4, 0xff8800);
  expect([pixel(7, 4), pixel(8, 4), pixel(10, 4)]).toEqual([0x112233, 0xff8800, 0x112233]);
});

test('shrinks a picture that is larger than the screen', async () => {
  await using server = await FakeRfbServer.listen(socketPath(), 40, 10, 0x445566);
  using screen = openScreen();
  await using _relay = startRelay(screen);
  await until(() => states.includes('connected'));
  expect([pixel(0, 1), pixel(0, 2), pixel(19, 6), pixel(0, 8)]).toEqual([0, 0x445566, 0x445566, 0]);
  server.fill(38, 8, 2, 2, 0xabcdef);
  await pixelBecomes(19, 6, 0xabcdef);
  expect(pixel(18, 6)).toBe(0x445566);
});

test('comes back when the machine restarts, with a black screen in between', async () => {
  using screen = openScreen();
  await using _relay = startRelay(screen);
  {
    await using _first = await FakeRfbServer.listen(socketPath(), width, height, 0xaa0000);
    await until(() => states.at(-1) === 'connected');
    expect(pixel(0, 0)).toBe(0xaa0000);
  }
  await until(() => states.at(-1) === 'waiting');
  expect(pixel(0, 0)).toBe(0);
  await using _second = await FakeRfbServer.listen(socketPath(), width, height, 0x00bb00);
  await until(() => states.at(-1) === 'connected');
  expect(pixel(0, 0)).toBe(0x00bb00);
  expect(states).toEqual(['waiting', 'connected', 'waiting', 'connected']);
});

test('forwards keys; a release carries the keysym of its press', async () => {
  await using server = await FakeRfbServer.listen(socketPath(), width, height, 0);
  using screen = openScreen();
  await using _relay = startRelay(screen);
  await until(() => states.includes('connected'));
  const keys = new KeyState();
  const a = usKey('a')!.code;
  for (const [code, action] of [
    [Key.LeftShift, 'down'],
    [a, 'down'],
    [Key.LeftShift, 'up'],
    [a, 'up'],
    [Key.F8, 'down'],
    [Key.F8, 'repeat'],
    [Key.F8, 'up'],
  ] as const)
    listener(keys.apply({ code, action }));
  await server.keysSeen(7);
  expect(server.keys).toEqual([
    { keysym: 0xffe1, down: true },
    { keysym: 0x41, down: true },
    { keysym: 0xffe1, down: false },
    { keysym: 0x41, down: false },
    { keysym: 0xffc5, down: true },
    { keysym: 0xffc5, down: true },
    { keysym: 0xffc5, down: false },
  ]);
});
