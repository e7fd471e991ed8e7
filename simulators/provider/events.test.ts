import { expect, test } from 'vitest';
import { Events } from './events';

interface Bells {
  ring: { readonly tower: string };
}

test('listeners hear events until they are disposed of', () => {
  const events = new Events<Bells>();
  const heard: string[] = [];
  const listening = events.on('ring', ({ tower }) => heard.push(tower));
  events.emit('ring', { tower: 'north' });
  listening[Symbol.dispose]();
  events.emit('ring', { tower: 'south' });
  expect(heard).toEqual(['north']);
});

test('a wait ends with the first event that matches, or with its signal', async () => {
  const events = new Events<Bells>();
  const waiting = events.waitFor('ring', ({ tower }) => tower === 'south');
  events.emit('ring', { tower: 'north' });
  events.emit('ring', { tower: 'south' });
  expect(await waiting).toEqual({ tower: 'south' });
  const controller = new AbortController();
  const inVain = events.waitFor('ring', undefined, { signal: controller.signal });
  controller.abort(new Error('no bell rang'));
  await expect(inVain).rejects.toThrow('no bell rang');
});
