import { hasAscii, readU32, writeU32 } from '../../bytes';
import { createHive, type Hive, type HiveWriteStep, parseHive, planHiveWrite } from '..';
import { sealBaseBlock } from '../base-block';
import { textOf } from './content';
import { afterSteps, type HiveFiles } from './crashes';

/** A hive whose value `Steady\Round` says which state it is in. */
export function smallHive(round: number): Hive {
  const hive = createHive('ROOT', { fileName: 'test' });
  hive.createKey('Steady').setDword('Round', round);
  hive.createKey('Data').setBinary('Bytes', new Uint8Array(300).fill(round));
  return hive;
}

/** Files of a power cut right after the base block was marked dirty: all of the change is in the log only. */
export function interruptedWrite(format: 'old' | 'new'): HiveFiles {
  const hive = smallHive(1).serialize();
  const next = parseHive(hive);
  next.createKey('Steady').setDword('Round', 2);
  next.createKey('Data').setBinary('Bytes', new Uint8Array(300).fill(2));
  const steps = planHiveWrite(hive, next, { format });
  const dirty = ({ file, pieces }: HiveWriteStep) =>
    file === 'hive' &&
    pieces.some(({ bytes }) => hasAscii(bytes, 0, 'regf') && readU32(bytes, 4) !== readU32(bytes, 8));
  return afterSteps({ hive, logs: [] }, steps.slice(0, steps.findIndex(dirty) + 1));
}

/** Three changes in a row; the hive file has none of them. The first log holds one, the second two. */
export function twoLogs(): { hive: Uint8Array; first: Uint8Array; second: Uint8Array; last: string } {
  const start = smallHive(1).serialize();
  const states = [start];
  const logs: Uint8Array[] = [];
  for (const round of [2, 3, 4]) {
    const before = states.at(-1)!;
    const next = parseHive(before);
    next.createKey('Steady').setDword('Round', round);
    next.createKey('Data').setBinary(`Bytes ${round}`, new Uint8Array(100).fill(round));
    const files = afterSteps({ hive: before, logs: [] }, planHiveWrite(before, next, { format: 'new' }));
    states.push(files.hive);
    logs.push(files.logs[0]!);
  }
  const dirty = start.slice();
  writeU32(dirty, 4, readU32(dirty, 8) + 1);
  sealBaseBlock(dirty);
  const second = new Uint8Array(logs[1]!.length + logs[2]!.length);
  second.set(logs[1]!);
  second.set(logs[2]!.subarray(512), 512 + readU32(logs[1]!, 512 + 4));
  return { hive: dirty, first: logs[0]!, second, last: textOf(parseHive(states[3]!).root) };
}
