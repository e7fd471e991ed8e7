import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Evidence, slug } from '../evidence';
import type { SerialLog, ServerDisk } from '../server';
import { diskFacts, type RunningMachine } from '../vm';

/** What the evidence takes of a server. */
interface EvidentServer {
  readonly options: { readonly name: string };
  readonly serial: SerialLog;
  /** Rejects where the server is off. */
  running(): Promise<RunningMachine>;
}

type KeepPicture = (png: Uint8Array, caption: string) => Promise<void>;

/**
 * Brings a server's logs, command line and disk facts into the evidence, and on request what its screen shows. A
 * machine that was lost has no screen any more: that is noted, and hides nothing of why the scenario failed.
 */
export async function collectServerEvidence(
  server: EvidentServer,
  disks: readonly ServerDisk[],
  evidence: Evidence,
  keepPicture?: KeepPicture,
): Promise<void> {
  const { name } = server.options;
  const ending = slug(name);
  evidence.append('serial.log', `--- ${name} ---\n${server.serial.text}\n`);
  const facts = await Promise.all(disks.map(async (disk) => ({ ...disk, ...(await factsOf(disk)) })));
  await evidence.write(`disk-facts-${ending}.json`, facts);
  const machine: RunningMachine | undefined = await server.running().catch(() => undefined);
  if (!machine) {
    return;
  }
  evidence.commandLine(machine.commandLine);
  for (const [log, kept] of [
    ['qmp.log', `qmp-${ending}.ndjson`],
    ['cpu-resets.log', `cpu-resets-${ending}.log`],
  ] as const) {
    const file = path.join(machine.directory, log);
    if (existsSync(file)) await evidence.adopt(kept, file);
  }
  if (keepPicture) {
    await keepLastPicture(machine, `${name} when the scenario failed`, keepPicture).catch((cause: unknown) =>
      evidence.note(`no picture of ${name}: ${cause instanceof Error ? cause.message : cause}`),
    );
  }
}

/** A disk that a saved boot has taken along is no longer in its place; that must not hide why the scenario failed. */
async function factsOf({ path: file }: ServerDisk): Promise<object> {
  return diskFacts(file).catch((cause: unknown) => ({
    unreadable: cause instanceof Error ? cause.message : String(cause),
  }));
}

async function keepLastPicture(
  machine: RunningMachine,
  caption: string,
  keepPicture: KeepPicture,
): Promise<void> {
  const picture = path.join(machine.directory, 'last.png');
  await machine.screenshot(picture);
  await keepPicture(await readFile(picture), caption);
  await rm(picture, { force: true });
}
