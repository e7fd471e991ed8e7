import { describe, expect, it } from 'vitest';
import { QuietTime } from './quiet-time';

describe('QuietTime', () => {
  const idle = new AbortController().signal;

  it('begins when nobody has asked for a while', async () => {
    const time = new QuietTime(30, 10_000);
    const started = performance.now();
    const begun = time.begins(idle);
    setTimeout(() => time.disturb(), 20);
    await begun;
    expect(performance.now() - started).toBeGreaterThanOrEqual(49);
  });

  it('begins after the longest wait, however often somebody asks', async () => {
    const time = new QuietTime(1000, 60);
    const asking = setInterval(() => time.disturb(), 5);
    await time.begins(idle);
    clearInterval(asking);
  });

  it('is given up with the signal', async () => {
    const abort = new AbortController();
    const begun = new QuietTime(1000, 5000).begins(abort.signal);
    abort.abort();
    await expect(begun).rejects.toThrow('aborted');
  });
});
