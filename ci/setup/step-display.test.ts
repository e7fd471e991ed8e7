import { describe, expect, it } from 'vitest';
import { StepDisplay } from './step-display.mjs';

function display(isTTY: boolean) {
  let time = 0;
  let text = '';
  const terminal = { isTTY, columns: 200, write: (chunk: string) => (text += chunk) };
  return {
    display: new StepDisplay(terminal, () => time),
    advance: (ms: number) => {
      time += ms;
    },
    text: () => text,
  };
}

describe('StepDisplay', () => {
  it('says in one line that everything was there', async () => {
    const { display: steps, advance, text } = display(false);
    await steps.step('Debian packages', () => 'all 34 there');
    await steps.step('npm packages', () => 'all 538 there');
    advance(85);
    steps.done();
    expect(text()).toBe(
      'Set-up done in 85 ms. Debian packages: all 34 there; npm packages: all 538 there.\n',
    );
  });

  it('prints a plain line at the start, every 15 s and at the end of real work', async () => {
    const { display: steps, advance, text } = display(false);
    await steps.step('npm packages', (progress) => {
      progress('npm ci');
      for (let fetched = 1; fetched <= 4; fetched += 1) {
        advance(5_000);
        progress(`${fetched} fetched`);
      }
      return 'installed 4';
    });
    expect(text()).toBe(
      '  … npm packages: npm ci (0.0 s)\n  … npm packages: 3 fetched (15.0 s)\n  ✓ npm packages: installed 4 (20.0 s)\n',
    );
  });

  it('keeps to one live line on a terminal', async () => {
    const { display: steps, text } = display(true);
    await steps.step('npm packages', (progress) => {
      progress('npm ci');
      return 'installed 4';
    });
    expect(text()).toBe(
      '\r\x1b[K  … npm packages: npm ci (0.0 s)\r\x1b[K  ✓ npm packages: installed 4 (0.0 s)\n',
    );
  });

  it('marks the step that failed', async () => {
    const { display: steps, text } = display(false);
    const failing = steps.step('npm packages', () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(text()).toBe('  ✗ npm packages (0.0 s)\n');
  });
});
