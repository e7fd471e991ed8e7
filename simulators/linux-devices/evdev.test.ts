import { expect, test } from 'vitest';
import { EvdevParser, encodeEvdevKey } from './evdev';

const down = { code: 30, action: 'down' } as const;
const repeat = { code: 30, action: 'repeat' } as const;
const up = { code: 30, action: 'up' } as const;

test('reads key events from chunks that end anywhere', () => {
  const bytes = Buffer.concat([down, repeat, up].map(encodeEvdevKey));
  const parser = new EvdevParser();
  const seen = [...bytes].flatMap((byte) => parser.push(Uint8Array.of(byte)));
  expect(seen).toEqual([down, repeat, up]);
});

test('drops synchronisation and scan code events', () => {
  const synchronise = Buffer.alloc(24);
  const scanCode = Buffer.alloc(24);
  scanCode.writeUInt16LE(4, 16);
  expect(new EvdevParser().push(Buffer.concat([scanCode, encodeEvdevKey(down), synchronise]))).toEqual([
    down,
  ]);
});
