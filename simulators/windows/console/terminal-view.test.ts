import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Framebuffer } from '../../linux-devices';
import { loadFonts } from './fonts';
import { Screen } from './screen';
import { TerminalView } from './terminal-view';

let folder: string;
let framebuffer: Framebuffer;
let view: TerminalView;
let drawings: number;
let drawn: () => void;
/** What the clock goes on by at each look (ms). */
let step: number;
beforeEach(() => {
  loadFonts();
  folder = mkdtempSync(join(tmpdir(), 'terminal-view-'));
  const file = join(folder, 'fb');
  writeFileSync(file, '');
  truncateSync(file, 320 * 200 * 4);
  framebuffer = Framebuffer.open(file, { width: 320, height: 200, stride: 320 * 4 });
  drawn = () => undefined;
  step = 0;
  let time = 0;
  const onDrawn = () => {
    drawings += 1;
    drawn();
  };
  const now = () => (time += step);
  view = new TerminalView(new Screen(framebuffer), { x: 0, y: 0 }, 40, 10, onDrawn, now);
  view.show();
  drawings = 0;
});
afterEach(() => {
  view[Symbol.dispose]();
  framebuffer[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** Writes a listing that takes the terminal longer than one turn, and the prompt behind it; ends when the prompt is drawn. */
async function typeOut(): Promise<void> {
  const prompt = new Promise<void>((resolve) => {
    drawn = () => {
      const { active } = view.terminal.buffer;
      if (active.getLine(active.baseY + 9)?.translateToString(true) === 'C:\\>') resolve();
    };
  });
  view.write(Buffer.from('a line\r\n'.repeat(60_000)));
  view.write(Buffer.from('\r\n'));
  view.write(Buffer.from('C:\\>'));
  await prompt;
}

test('a listing and the prompt behind it are one picture', async () => {
  await typeOut();
  expect(drawings).toBe(1);
});

test('a picture does not stand still for long while more comes', async () => {
  step = 1000;
  await typeOut();
  expect(drawings).toBeGreaterThan(1);
});
