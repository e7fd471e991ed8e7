import { Terminal } from '@xterm/headless';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from './byte-queue';
import { Interrupted } from './interrupted';
import { KeyReader, takeKey } from './keys';
import { LineEditor } from './line-editor';

const up = '\u001b[A';
const left = '\u001b[D';

/** Types into an editor whose output a real terminal emulator shows. */
async function typed(input: string, columns = 80, lines = 1) {
  const screen = new Terminal({ cols: columns, rows: 8, allowProposedApi: true });
  const bytes = new ByteQueue();
  bytes.push(Buffer.from(input));
  bytes.end();
  let shown = '';
  const editor = new LineEditor(
    new KeyReader(bytes),
    { write: (text) => (shown += text) },
    { columns, rows: 8 },
  );
  const read: (string | undefined)[] = [];
  for (let count = 0; count < lines; count++) read.push(await editor.readLine('C:\\>'));
  await new Promise<void>((resolve) => screen.write(shown, resolve));
  const rows = Array.from(
    { length: 8 },
    (_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
  );
  const cursor = { row: screen.buffer.active.cursorY, column: screen.buffer.active.cursorX };
  screen.dispose();
  return { read, rows, cursor };
}

describe('the line editor', () => {
  it('echoes, and takes back with backspace in both forms', async () => {
    const { read, rows } = await typed('dirx\u007fy\b /w\r');
    expect(read).toEqual(['dir /w']);
    expect(rows[0]).toBe('C:\\>dir /w');
  });

  it('inserts and deletes within the line', async () => {
    const { read, rows } = await typed(`vr${left}e\u001b[Hx\u001b[3~${left}\u001b[F!\r`);
    expect(read).toEqual(['xer!']);
    expect(rows[0]).toBe('C:\\>xer!');
  });

  it('brings back earlier lines, and the empty one below them', async () => {
    const { read } = await typed(`one\rtwo\r${up}${up}\r${up}${up}\u001b[B\u001b[B${up}\r`, 80, 4);
    expect(read).toEqual(['one', 'two', 'one', 'one']);
  });

  it.each([12, 13, 14, 15, 16])('keeps its place on lines that wrap, %i columns wide', async (columns) => {
    const line = 'bcdedit /store d:\\boot\\bcd';
    const { read, rows, cursor } = await typed(`${line}x${left.repeat(20)}Q\u007f\u001b[F\u007f\r`, columns);
    expect(read).toEqual([line]);
    expect(rows.join('').slice(0, 4 + line.length)).toBe(`C:\\>${line}`);
    expect(cursor).toEqual({ row: Math.floor((4 + line.length) / columns) + 1, column: 0 });
  });

  it('ends the program on Ctrl-C', async () => {
    await expect(typed('dir\u0003')).rejects.toBeInstanceOf(Interrupted);
  });

  it('counts CR LF as one Enter and reads UTF-8', async () => {
    expect((await typed('h\u00e9\r\n\u20ac\n', 80, 2)).read).toEqual(['h\u00e9', '\u20ac']);
  });
});

describe('keys', () => {
  it('wait for the rest of a control sequence', () => {
    expect(takeKey('\u001b')).toBeUndefined();
    expect(takeKey('\u001b[1')).toBeUndefined();
    expect(takeKey('\u001bOAx')).toEqual({ key: { kind: 'up' }, rest: 'x' });
    expect(takeKey('\u001b[1;5Cx')).toEqual({ key: { kind: 'right' }, rest: 'x' });
  });
});
