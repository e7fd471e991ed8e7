import { expect, test } from 'vitest';
import { LabClock } from './clock';

const HOUR = 3_600_000;
const noon = new Date('2026-03-01T12:00:00Z');

test('a running clock follows real time from its start', () => {
  using clock = new LabClock({ startAt: noon });
  expect(clock.now()).toBeGreaterThanOrEqual(noon.getTime());
  expect(clock.now()).toBeLessThan(noon.getTime() + 10_000);
});

test('a frozen clock stands still until it is advanced, and runs what falls due in order', async () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  const seen: string[] = [];
  clock.after(2 * HOUR, () => seen.push(`two ${new Date(clock.now()).toISOString()}`));
  clock.after(HOUR, () => {
    seen.push(`one ${new Date(clock.now()).toISOString()}`);
    clock.after(HOUR / 2, () => seen.push('one and a half'));
  });
  clock.after(25 * HOUR, () => seen.push('too late'));
  await clock.advance(24 * HOUR);
  expect(seen).toEqual(['one 2026-03-01T13:00:00.000Z', 'one and a half', 'two 2026-03-01T14:00:00.000Z']);
  expect(new Date(clock.now()).toISOString()).toBe('2026-03-02T12:00:00.000Z');
  expect(clock.frozen).toBe(true);
});

test('what is due already happens on a frozen clock too', async () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  await clock.waitUntil(noon.getTime());
  await clock.waitUntil(0);
  expect(clock.now()).toBe(noon.getTime());
});

test('advancing a running clock leaves it running', async () => {
  using clock = new LabClock({ startAt: noon });
  await clock.advance(HOUR);
  expect(clock.frozen).toBe(false);
  expect(clock.now()).toBeGreaterThanOrEqual(noon.getTime() + HOUR);
});

test('advances asked for together happen one after the other', async () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  await Promise.all([clock.advance(HOUR), clock.advance(HOUR)]);
  expect(clock.now()).toBe(noon.getTime() + 2 * HOUR);
});

test('a running clock fires its timers by itself', async () => {
  using clock = new LabClock({ startAt: noon });
  await clock.waitUntil(clock.now() + 20);
  expect(clock.now()).toBeGreaterThanOrEqual(noon.getTime() + 20);
});

test('a timer that is disposed of does not fire', async () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  let fired = false;
  const timer = clock.after(1, () => {
    fired = true;
  });
  timer[Symbol.dispose]();
  await clock.advance(10);
  expect(fired).toBe(false);
});

test('a wait ends with the reason of its signal and leaves no timer', async () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  const controller = new AbortController();
  const waiting = clock.waitUntil(noon.getTime() + HOUR, { signal: controller.signal });
  controller.abort(new Error('the lab is closing'));
  await expect(waiting).rejects.toThrow('the lab is closing');
  await expect(clock.waitUntil(0, { signal: controller.signal })).rejects.toThrow('the lab is closing');
});

test('the clock cannot go back', () => {
  using clock = new LabClock({ startAt: noon, frozen: true });
  expect(() => clock.freeze(new Date('2026-02-01T00:00:00Z'))).toThrow(
    'The lab clock cannot go back: it shows 2026-03-01T12:00:00.000Z, and was asked to freeze at 2026-02-01T00:00:00.000Z.',
  );
  expect(() => clock.advance(-1)).toThrow('only goes forward');
});
