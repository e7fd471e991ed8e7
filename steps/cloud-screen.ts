import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { openConsole, seeOnConsole } from './console';
import type { RescueWorld } from './world';

/** From power-on to a failure screen or a login, under emulation on a busy host (ms). */
const bootDeadline = 300_000;

interface FailureLook {
  /** In the order of the screen; lines may break anywhere. */
  readonly words: readonly string[];
  readonly background: 'black' | 'blue';
}

/** Words on the serial line and, read by OCR, on the picture in its colour. */
export async function seeFailure(world: RescueWorld, { words, background }: FailureLook): Promise<void> {
  const { machine } = world.lab.nova;
  for (const some of words) await seeOnSerialLine(world, acrossLines(some));
  // The walk hears the same line: after this turn its exchange for a fork has begun, and is waited for.
  await setImmediate();
  await machine.running();
  await using viewer = await openConsole(world, machine);
  await seeOnConsole(world, viewer, words, words.at(-1) ?? '');
  const { area, rgba } = viewer.snapshot();
  const corner = rgba.subarray((area.width - 1) * 4 + area.width * 4 * Math.floor(area.height / 2));
  const [red = 0, , blue = 0] = corner;
  assert.equal(blue - red > 80 ? 'blue' : 'black', background, "the screen's colour");
}

/** Waits for what the machine prints after a mark; `serialMark` comes before the scenario's last act. */
export function seeOnSerialLine(
  world: RescueWorld,
  pattern: RegExp,
  since = world.serialMark,
): Promise<string> {
  return world.lab.nova.machine.serial.waitFor(pattern, {
    what: 'the boot from the disk',
    deadline: bootDeadline,
    since,
  });
}

function acrossLines(words: string): RegExp {
  return new RegExp(
    words
      .split(' ')
      .map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('\\s+'),
  );
}

/** Words on the serial line and on the picture, whatever its colour. */
export async function seeWords(world: RescueWorld, words: readonly string[]): Promise<void> {
  for (const some of words) await seeOnSerialLine(world, acrossLines(some));
  await using viewer = await openConsole(world, world.lab.nova.machine);
  await seeOnConsole(world, viewer, words, words.at(-1) ?? '');
}
