import { createHash } from 'node:crypto';
import type { Accelerator } from '../accelerator/accelerator';
import type { MachineDescription } from '../machine-description';
import { qemuVersion } from '../qemu-version';
import { neutralArguments } from './neutral-arguments';

export interface WaypointIngredients {
  readonly description: MachineDescription;
  readonly accelerator: Accelerator;
  /** Digests of the kernels, initrds, ROMs and disk images that the way there starts from, by name. */
  readonly images: Readonly<Record<string, string>>;
  /** Whatever else the state depends on: the walking code's version, a keyboard layout, a provider's answers. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

/** The name of a waypoint: 32 hexadecimal digits that change with everything it depends on. */
export async function waypointKey(ingredients: WaypointIngredients): Promise<string> {
  const { description, accelerator, images, parameters } = ingredients;
  const material = [
    await qemuVersion(),
    accelerator.kind,
    neutralArguments(description, accelerator.kind),
    Object.entries(images).sort(byName),
    Object.entries(parameters).sort(byName),
  ];
  return createHash('sha256').update(JSON.stringify(material)).digest('hex').slice(0, 32);
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
