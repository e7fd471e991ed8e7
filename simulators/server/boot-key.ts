import { type Accelerator, type MachineDescription, waypointKey } from '../vm';
import type { BootTarget } from './boot-target';

/**
 * The name of the waypoint where a boot leads. It changes with the hardware, QEMU's version, the accelerator, what is
 * downloaded, where the boot leads, and the code that walks there.
 */
export function bootKey(
  description: MachineDescription,
  accelerator: Accelerator,
  { name, images, code }: Pick<BootTarget, 'name' | 'images' | 'code'>,
): Promise<string> {
  return waypointKey({ description, accelerator, images, parameters: { target: name, code } });
}
