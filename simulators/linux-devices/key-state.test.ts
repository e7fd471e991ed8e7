import { expect, test } from 'vitest';
import type { EvdevKey } from './evdev';
import { Key } from './key-codes';
import { isCtrlAltDel, KeyState } from './key-state';
import { usKey } from './us-layout';

const press = (code: number): EvdevKey => ({ code, action: 'down' });
const release = (code: number): EvdevKey => ({ code, action: 'up' });
const typed = (state: KeyState, ...events: EvdevKey[]) =>
  events.map((event) => state.apply(event).character).filter((character) => character !== undefined);

const a = usKey('a')!.code;
const one = usKey('1')!.code;

test('shift changes letters and digits', () => {
  expect(typed(new KeyState(), press(Key.LeftShift), press(a), press(one))).toEqual(['A', '!']);
});

test('Caps Lock changes letters only, and shift turns it round', () => {
  const state = new KeyState();
  expect(typed(state, press(Key.CapsLock), release(Key.CapsLock), press(a), press(one))).toEqual(['A', '1']);
  expect(typed(state, press(Key.RightShift), press(a))).toEqual(['a']);
});

test('every printable ASCII character has a key that types it', () => {
  for (let code = 0x20; code < 0x7f; code++) {
    const character = String.fromCharCode(code);
    const key = usKey(character);
    expect(key, `no key for ${character}`).toBeDefined();
    const state = new KeyState();
    if (key!.shift) state.apply(press(Key.LeftShift));
    expect(state.apply(press(key!.code)).character).toBe(character);
  }
});

test('Ctrl+Alt+Del is seen on the press of Del while both are held', () => {
  const state = new KeyState();
  expect(isCtrlAltDel(state.apply(press(Key.LeftControl)))).toBe(false);
  expect(isCtrlAltDel(state.apply(press(Key.LeftAlt)))).toBe(false);
  expect(isCtrlAltDel(state.apply(press(Key.Delete)))).toBe(true);
  expect(isCtrlAltDel(state.apply(release(Key.Delete)))).toBe(false);
  state.apply(release(Key.LeftAlt));
  expect(isCtrlAltDel(state.apply(press(Key.Delete)))).toBe(false);
});
