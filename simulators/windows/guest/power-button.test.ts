import { expect, it } from 'vitest';
import { Key, type Keyboard, type KeyPress } from '../../linux-devices';
import { followPowerButton } from './power-button';

/** A button of the test's own. */
function button() {
  const listeners = new Set<(press: KeyPress) => void>();
  const keyboard: Keyboard = {
    onKey(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const press = (code: number, action: KeyPress['action'] = 'down') => {
    for (const listener of [...listeners]) listener({ code, action } as KeyPress);
  };
  return { keyboard, press };
}

it('shuts down once, for as many presses as there are', () => {
  const { keyboard, press } = button();
  const said: string[] = [];
  let shutdowns = 0;
  const host = {
    shutdown: async () => {
      shutdowns += 1;
    },
  };
  followPowerButton(keyboard, host, (sentence) => said.push(sentence));
  press(Key.Enter);
  press(Key.Power, 'up');
  expect(shutdowns).toBe(0);
  press(Key.Power);
  press(Key.Power);
  expect(shutdowns).toBe(1);
  expect(said).toEqual(['The power button was pressed: Windows is shutting down.']);
});

it('hears the next press when it could not shut down', async () => {
  const { keyboard, press } = button();
  const said: string[] = [];
  let refusals = 0;
  const host = {
    shutdown: () => {
      refusals += 1;
      return Promise.reject(new Error('a volume is busy'));
    },
  };
  followPowerButton(keyboard, host, (sentence) => said.push(sentence));
  press(Key.Power);
  await new Promise(setImmediate);
  press(Key.Power);
  expect(refusals).toBe(2);
  expect(said[1]).toBe('Windows could not shut down: Error: a volume is busy');
});
