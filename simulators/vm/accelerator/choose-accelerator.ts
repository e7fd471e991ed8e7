import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { cpus, release } from 'node:os';
import { join } from 'node:path';
import { qemuVersion } from '../qemu-version';
import type { Session } from '../session/session';
import type { Accelerator } from './accelerator';
import { type ProbePayload, probeKvm } from './kvm-probe';
import { cachedVerdict, keepVerdict } from './verdict-cache';

export interface AcceleratorChoice {
  readonly session: Session;
  /** A person's word, which is taken without a question. */
  readonly override?: 'kvm' | 'tcg' | undefined;
  /** Where the verdict is kept: it holds for this QEMU on this CPU and kernel. */
  readonly cacheDir: string;
  /** See `probeKvm`. */
  readonly payload?: ProbePayload | undefined;
  /** Milliseconds for the payload; default 5000. */
  readonly deadline?: number;
  /** KVM's device, for tests. */
  readonly device?: string;
}

/** KVM where it runs a guest, else TCG. The first answer takes up to 5 s, later ones come from the cache. */
export async function chooseAccelerator(choice: AcceleratorChoice): Promise<Accelerator> {
  const { session, override, cacheDir, payload, deadline, device = '/dev/kvm' } = choice;
  if (override !== undefined) return { kind: override, reason: 'chosen by hand' };
  try {
    await access(device, constants.R_OK | constants.W_OK);
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { kind: 'tcg', reason: missing ? `there is no ${device}` : `this user may not use ${device}` };
  }
  const file = join(cacheDir, 'accelerator.json');
  const tried = payload ? 'kernel' : 'boot sector';
  const key = [await qemuVersion(), cpus()[0]?.model ?? 'unknown CPU', release(), tried].join(' | ');
  const known = await cachedVerdict(file, key);
  if (known) return known;
  const verdict = await probeKvm(payload, session, deadline);
  await keepVerdict(file, key, verdict);
  return verdict;
}
