import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hearWaits, sumWaits, tellWait, type Wait, waitingFor } from '.';

let heard: Wait[];
let ear: Disposable;
beforeEach(() => {
  heard = [];
  ear = hearWaits((wait) => heard.push(wait));
});
afterEach(() => ear[Symbol.dispose]());

describe('waitingFor', () => {
  it('tells how long the work took and gives its result', async () => {
    expect(await waitingFor('login', () => pause(20, 'in'))).toBe('in');
    expect(heard).toHaveLength(1);
    expect(heard[0]!.for).toBe('login');
    expect(heard[0]!.end - heard[0]!.start).toBeGreaterThanOrEqual(19);
  });

  it('tells of work that fails too', async () => {
    await expect(waitingFor('login', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(heard.map((wait) => wait.for)).toEqual(['login']);
  });

  it('takes a wait inside another one as a part of it', async () => {
    await waitingFor('login', () => waitingFor('command', () => pause(1)));
    await waitingFor('command', () => pause(1));
    expect(heard.map((wait) => wait.for)).toEqual(['login', 'command']);
  });

  it('tells nobody who does not listen any more', () => {
    ear[Symbol.dispose]();
    tellWait({ for: 'firmware', start: 0, end: 1 });
    expect(heard).toEqual([]);
  });
});

describe('sumWaits', () => {
  it('adds up each kind, the longest first, and counts time that two share once', () => {
    const waits = [
      { for: 'login', start: 0, end: 10 },
      { for: 'firmware', start: 5, end: 40 },
      { for: 'login', start: 8, end: 20 },
      { for: 'login', start: 30, end: 31 },
      { for: 'login', start: 12, end: 14 },
    ];
    expect(sumWaits(waits)).toEqual([
      { for: 'firmware', milliseconds: 35 },
      { for: 'login', milliseconds: 21 },
    ]);
  });
});
