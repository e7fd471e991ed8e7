import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { Framebuffer } from '../../linux-devices';
import { rehearseConsole } from './rehearsal';

it('signs in and draws a terminal that scrolls, with the device as it was', async () => {
  const drawn: string[] = [];
  const { prototype } = Framebuffer;
  const { drawRgba, drawBytes } = prototype;
  prototype.drawRgba = function (...args) {
    drawn.push('picture');
    return drawRgba.apply(this, args);
  };
  prototype.drawBytes = function (...args) {
    drawn.push('rows');
    return drawBytes.apply(this, args);
  };
  try {
    await rehearseConsole();
  } finally {
    Object.assign(prototype, { drawRgba, drawBytes });
  }
  expect(new Set(drawn)).toEqual(new Set(['picture', 'rows']));
  expect(existsSync('/dev/null')).toBe(true);
});
