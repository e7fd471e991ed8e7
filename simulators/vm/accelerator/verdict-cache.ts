import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { Accelerator } from './accelerator';

const verdicts = z.record(z.string(), z.object({ kind: z.enum(['kvm', 'tcg']), reason: z.string() }));

/** The verdict kept under this key; undefined when there is none, or the file is not one of ours. */
export async function cachedVerdict(file: string, key: string): Promise<Accelerator | undefined> {
  return (await readVerdicts(file))[key];
}

/** Adds a verdict. Two runs at once may lose one of two: it is then found again. */
export async function keepVerdict(file: string, key: string, verdict: Accelerator): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}-${process.hrtime.bigint()}`;
  const all = { ...(await readVerdicts(file)), [key]: verdict };
  await writeFile(unfinished, `${JSON.stringify(all, undefined, 2)}\n`);
  await rename(unfinished, file);
}

async function readVerdicts(file: string): Promise<Record<string, Accelerator>> {
  try {
    return verdicts.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    // Missing or unusable: the probe answers again and the file is written anew.
    return {};
  }
}
