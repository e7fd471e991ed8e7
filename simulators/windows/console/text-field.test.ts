import { expect, test } from 'vitest';
import { Key, KeyState, usKey } from '../../linux-devices';
import { TextField } from './text-field';

function type(field: TextField, ...keys: readonly (string | number)[]): void {
  const state = new KeyState();
  for (const key of keys)
    field.apply(state.apply({ code: typeof key === 'string' ? usKey(key)!.code : key, action: 'down' }));
}

test('inserts and deletes at the caret', () => {
  const field = new TextField('ac');
  type(field, Key.Left, 'b');
  expect([field.text, field.caret]).toEqual(['abc', 2]);
  type(field, Key.Home, Key.Delete, Key.End, Key.Backspace);
  expect([field.text, field.caret]).toEqual(['b', 1]);
  type(field, Key.Backspace, Key.Backspace, Key.Delete, Key.Left);
  expect([field.text, field.caret]).toEqual(['', 0]);
});

test('takes no more than its limit', () => {
  const field = new TextField('', 3);
  type(field, 'a', 'b', 'c', 'd');
  expect(field.text).toBe('abc');
});

test('leaves keys alone that are not its own', () => {
  const state = new KeyState();
  const field = new TextField('x');
  expect(field.apply(state.apply({ code: Key.F5, action: 'down' }))).toBe(false);
  state.apply({ code: Key.LeftControl, action: 'down' });
  expect(field.apply(state.apply({ code: usKey('a')!.code, action: 'down' }))).toBe(false);
  expect(field.text).toBe('x');
});
