import { Refusal } from '../refusal';
import type { BootEntry } from './boot-list';
import type { DedicatedServer } from './server';
import { type WindowsRescueRule, windowsRescueObstacle } from './windows-rescue-rule';

/** The fields of a server that its customer may change (those of the API schema that are not read-only). */
export type ServerChanges = Partial<
  Pick<
    DedicatedServer,
    | 'bootId'
    | 'bootScript'
    | 'efiBootloaderPath'
    | 'monitoring'
    | 'noIntervention'
    | 'rescueMail'
    | 'rescueSshKey'
    | 'rootDevice'
    | 'state'
  >
>;

/** Those of them that clients report to be read as before for a while after a change. */
const STALE = ['rescueMail', 'rootDevice'] as const;
type StaleField = (typeof STALE)[number];

/** The netboots that a server may be set to. */
export function allowedBoots(server: DedicatedServer, rule: WindowsRescueRule): BootEntry[] {
  return server.boots.filter(
    (entry) => rule.refusal !== 'list' || windowsRescueObstacle(rule, server, entry) === undefined,
  );
}

/**
 * Changes what a customer may change. A new `bootId` takes effect at the next (re)boot. `staleReads`: milliseconds of
 * lab time for which some fields are still read as before.
 */
export function changeServer(
  server: DedicatedServer,
  changes: ServerChanges,
  { rule, now, staleReads }: { rule: WindowsRescueRule; now: number; staleReads: number },
): void {
  if (changes.bootId !== undefined || changes.state !== undefined) {
    refuseBlocked(server);
  }
  if (changes.bootId !== undefined && changes.bootId !== null) {
    checkBoot(server, changes.bootId, rule);
  }
  for (const field of STALE) {
    if (staleReads > 0 && changes[field] !== undefined) {
      server.stale.set(field, { value: server[field], until: now + staleReads });
    }
  }
  Object.assign(server, changes);
}

/** What a customer reads at the time `now` of a field that may still be read as before its last change. */
export function readField(server: DedicatedServer, field: StaleField, now: number): string | null {
  const stale = server.stale.get(field);
  return stale !== undefined && now < stale.until ? stale.value : server[field];
}

/** The text is ours. */
export function refuseBlocked({ name, state }: DedicatedServer): void {
  if (state === 'hackedBlocked') {
    throw new Refusal(
      'forbidden',
      `The server ${name} is blocked because it was hacked; please contact the support`,
    );
  }
}

/** The text about the list is that of a client's report. */
function checkBoot(server: DedicatedServer, bootId: number, rule: WindowsRescueRule): void {
  const allowed = allowedBoots(server, rule);
  const entry = allowed.find((boot) => boot.bootId === bootId);
  if (entry === undefined) {
    const ids = allowed.map((boot) => boot.bootId).join(', ');
    throw new Refusal('not found', `Netboot id ${bootId} is not valid, must be on list : ${ids}`);
  }
  const obstacle = windowsRescueObstacle(rule, server, entry);
  if (rule.refusal === 'change' && obstacle !== undefined) {
    throw new Refusal('bad request', obstacle);
  }
}
