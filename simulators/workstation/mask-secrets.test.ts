import { expect, test } from 'vitest';
import { maskSecrets } from './mask-secrets';

test('replaces every occurrence of every secret, and leaves an empty one alone', () => {
  expect(maskSecrets('a=pw$1 b=pw$1 c=x', ['pw$1', 'x', ''])).toBe('a=******** b=******** c=********');
});
