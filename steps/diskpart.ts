import assert from 'node:assert/strict';
import type { SshSession } from '../simulators/workstation';
import { commandPrompt, diskpart, typeLine } from './terminal';

/** Types a command and answers what came after its echo, without the next prompt. */
export async function ask(terminal: SshSession, command: string): Promise<string> {
  const said = await typeLine(terminal, command, commandPrompt);
  return said
    .slice(said.indexOf('\n') + 1)
    .replace(/\r?\n[^\n]*$/, '')
    .trim();
}

/** Writes the word "kept" into a file at the prompt, and reads it there. */
export async function writeKept(terminal: SshSession, file: string): Promise<void> {
  await ask(terminal, `echo kept> ${file}`);
  assert.equal(await ask(terminal, `type ${file}`), 'kept');
}

/** Statuses of the disks in `list disk`, by their numbers. */
export function statusOfDisks(table: string): string[] {
  return [...table.matchAll(/^[* ] Disk \d+\s+(\w+)/gm)].map(([, status = '']) => status);
}

/** Statuses of dynamic volumes in `list volume`, by their types (`Mirror`, `RAID-5`), of which there is one each. */
export function statusOfVolumes(table: string): Record<string, string> {
  const rows = table.matchAll(/(Mirror|RAID-5) +\d+ \w+ +(Healthy|Failed Rd|Failed|Rebuild)/g);
  return Object.fromEntries([...rows].map(([, type, status]) => [type, status]));
}

/** Devices of many volumes are made and mounted at once, in an emulated machine on a busy host (ms). */
const importDeadline = 300_000;

/** Brings every disk online and imports foreign groups, one after the other. Answers how many imports it took. */
export async function importAll(terminal: SshSession): Promise<number> {
  await typeLine(terminal, 'diskpart', diskpart);
  const type = (line: string) => typeLine(terminal, line, diskpart, importDeadline);
  const list = async () => statusOfDisks(await type('list disk'));
  for (const [disk, status] of (await list()).entries()) {
    if (status !== 'Offline') continue;
    await type(`select disk ${disk}`);
    await type('online disk');
    await type('attributes disk clear readonly');
  }
  let imports = 0;
  for (let statuses = await list(); statuses.includes('Foreign'); statuses = await list()) {
    imports += 1;
    assert.ok(imports < statuses.length, `Disks stay foreign: ${statuses.join(', ')}`);
    await type(`select disk ${statuses.indexOf('Foreign')}`);
    const said = await type('import');
    assert.match(said, /DiskPart successfully imported the foreign disk\./);
  }
  await typeLine(terminal, 'exit', commandPrompt);
  return imports;
}
