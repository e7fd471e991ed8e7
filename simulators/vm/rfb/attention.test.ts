import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Attention } from './attention';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('is told for a while after each key, and then no more', () => {
  let told = 0;
  using attention = new Attention(() => told++);
  vi.advanceTimersByTime(5000);
  expect(told).toBe(0);
  attention.renew();
  vi.advanceTimersByTime(2000);
  expect(told).toBe(20);
  attention.renew();
  vi.advanceTimersByTime(10_000);
  expect(told).toBe(50);
  expect(vi.getTimerCount()).toBe(0);
  attention.renew();
  vi.advanceTimersByTime(100);
  expect(told).toBe(51);
});

it('ends with its viewer', () => {
  let told = 0;
  const attention = new Attention(() => told++);
  attention.renew();
  attention[Symbol.dispose]();
  vi.advanceTimersByTime(1000);
  expect(told).toBe(0);
});
