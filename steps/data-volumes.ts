import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { DynamicData, DynamicDataChoice } from '../simulators/lab';
import { terminalOf } from './boot-repair-ways';
import { ask } from './diskpart';
import type { RescueWorld, Server } from './world';

export type DataVolume = DynamicData['volumes'][number];

/** Makes data disks, each volume of which holds the file that only this run knows. */
export async function haveData(world: RescueWorld, choice: DynamicDataChoice): Promise<void> {
  if (!world.hasLab) await world.startLab({ families: [] });
  if (world.file.name === '') {
    const secret = randomBytes(12).toString('hex');
    world.file = { name: 'known.txt', content: `Only this run knows ${secret}` };
  }
  const { name, content } = world.file;
  const data = await world.lab.dynamicData(choice, (letter) => ({
    name,
    content: `${content} on ${letter}`,
  }));
  world.data.set(choice.groupName, data);
}

export function dataDisks(world: RescueWorld): Server['options']['disks'] {
  return [...world.data.values()].flatMap(({ disks }) => disks);
}

export function lettersOf(world: RescueWorld): string[] {
  return [...world.data.values()].flatMap(({ volumes }) => volumes.map(({ letter }) => letter));
}

export async function readOnEachVolume(world: RescueWorld, file: RescueWorld['file']): Promise<void> {
  for (const letter of lettersOf(world)) {
    const content = await ask(terminalOf(world), `type ${letter}:\\${file.name}`);
    assert.equal(content, `${file.content} on ${letter}`, `${letter}:`);
  }
}

/** The only data disks of a scenario that has one group. */
export function dataOf(world: RescueWorld): DynamicData {
  const [data] = world.data.values();
  assert.ok(data, 'this scenario has no data disks');
  return data;
}
