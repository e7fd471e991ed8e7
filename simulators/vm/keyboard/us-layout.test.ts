import { describe, expect, it } from 'vitest';
import { usKeys } from './us-layout';

describe('usKeys', () => {
  it.each([
    ['a', ['a']],
    ['Z', ['shift', 'z']],
    ['7', ['7']],
    ['&', ['shift', '7']],
    [')', ['shift', '0']],
    ['\\', ['backslash']],
    ['|', ['shift', 'backslash']],
    ['"', ['shift', 'apostrophe']],
    ['\n', ['ret']],
  ])('%j is %j', (character, keys) => {
    expect(usKeys(character)).toEqual(keys);
  });

  it('has all printable ASCII characters, each with keys of its own', () => {
    const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
    expect(new Set(printable.map((character) => usKeys(character).join('+'))).size).toBe(95);
  });

  it('says what to do for another', () => {
    expect(() => usKeys('é')).toThrow(
      'The character "é" is not on a US keyboard: press its keys by name with pressKeys.',
    );
  });
});
