import { type BootEntry, WINDOWS_RESCUE } from './boot-list';
import type { DedicatedServer } from './server';

/**
 * Where a server that cannot run the Windows rescue system learns of it. No error text is published; the boot
 * list is described as the "compatible" netboots of a server, so leaving the entry out is our assumed default.
 *
 * - `list`: the entry is not in the server's boot list, and setting its id is refused as an unknown one
 * - `change`: the entry is listed; setting it is refused
 * - `reboot`: it can be set; the reboot task fails
 * - `never`: not refused
 */
type WindowsRescueRefusal = 'list' | 'change' | 'reboot' | 'never';

/** The provider's guides (en, de): at least 16 GB. Older French, Italian, ... versions: more than 16 GB. */
export interface WindowsRescueRule {
  readonly refusal: WindowsRescueRefusal;
  readonly minimumMemory: number;
  /** Whether a server with exactly that much can take it. */
  readonly boundary: 'at least' | 'more than';
}

export const DEFAULT_WINDOWS_RESCUE_RULE: WindowsRescueRule = {
  refusal: 'list',
  minimumMemory: 16,
  boundary: 'at least',
};

/** Why `server` cannot take `entry`, as a sentence for the customer; undefined when it can. The text is ours. */
export function windowsRescueObstacle(
  rule: WindowsRescueRule,
  server: DedicatedServer,
  entry: BootEntry,
): string | undefined {
  if (rule.refusal === 'never' || entry.kernel !== WINDOWS_RESCUE) {
    return undefined;
  }
  if (!/^win/i.test(server.os)) {
    return `${WINDOWS_RESCUE} needs an installed Windows, and ${server.name} has ${server.os}`;
  }
  const { minimumMemory, boundary } = rule;
  if (server.memory < minimumMemory || (boundary === 'more than' && server.memory === minimumMemory)) {
    return `${WINDOWS_RESCUE} needs ${boundary} ${minimumMemory} GB of memory, and ${server.name} has ${server.memory} GB`;
  }
  return undefined;
}
