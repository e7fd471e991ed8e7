import { describe, expect, it } from 'vitest';
import { encodeExit, encodeFrame, FrameReader } from './frames';
import { parseShellRequest } from './shell-request';

describe('frames', () => {
  it('come out whole, however the bytes arrive', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"kind":"shell"}\n'),
      encodeFrame(0, Buffer.from('abc')),
      encodeFrame(2, Buffer.alloc(0)),
    ]);
    const reader = new FrameReader();
    const seen: [number, string][] = [];
    let header: string | undefined;
    for (const byte of bytes) {
      const result = reader.push(Uint8Array.of(byte));
      header = result.header;
      for (const { type, payload } of result.frames) seen.push([type, Buffer.from(payload).toString()]);
    }
    expect(header).toBe('{"kind":"shell"}');
    expect(seen).toEqual([
      [0, 'abc'],
      [2, ''],
    ]);
  });

  it('carry exit codes of Windows, which may use all 32 bits', () => {
    expect(encodeExit(0xc000013a).toString('hex')).toBe('0100000004c000013a');
    expect(encodeExit(-1073741510).toString('hex')).toBe('0100000004c000013a');
  });

  it('of absurd length are refused', () => {
    const reader = new FrameReader();
    expect(() => reader.push(Buffer.from('\n\u0000\u007f\u007f\u007f\u007f', 'latin1'))).toThrow(
      /frame of \d+ bytes/,
    );
    expect(() => new FrameReader().push(Buffer.alloc(70_000))).toThrow('without the end of a header line');
  });
});

describe('a request', () => {
  it('is read from the header line', () => {
    expect(parseShellRequest('{"kind":"exec","user":"a","command":"ver","columns":80,"rows":25}')).toEqual({
      kind: 'exec',
      user: 'a',
      command: 'ver',
      terminal: { columns: 80, rows: 25 },
    });
    expect(parseShellRequest('{"kind":"shell","user":"","columns":0,"rows":0}').terminal).toBeUndefined();
  });

  it.each([
    ['nonsense', 'is no JSON'],
    ['{"user":"a"}', 'asks for "undefined"'],
    ['{"kind":"shell"}', 'names no user'],
    ['{"kind":"exec","user":"a"}', 'no command'],
    ['null', 'asks for'],
  ])('%s is refused', (line, message) => {
    expect(() => parseShellRequest(line)).toThrow(message);
  });
});
