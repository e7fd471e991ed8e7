import { expect, test } from 'vitest';
import { parseAddress } from './parse-address';

test('reads socket paths and ports', () => {
  expect(parseAddress('/run/vnc.sock')).toEqual({ path: '/run/vnc.sock' });
  expect(parseAddress('127.0.0.1:5900')).toEqual({ host: '127.0.0.1', port: 5900 });
});

test.each(['', 'vnc.sock', '127.0.0.1:0', '127.0.0.1:70000'])('refuses "%s"', (text) => {
  expect(() => parseAddress(text)).toThrow(`"${text}" is no RFB address.`);
});
