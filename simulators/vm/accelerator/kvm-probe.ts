import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectKernelBoot, MachineDescription } from '../machine-description';
import type { Session } from '../session/session';
import { startMachine } from '../start-machine';
import { tinyGuestBootSector, tinyGuestMarker } from '../tiny-guest/tiny-guest';
import type { Accelerator } from './accelerator';

/** What to boot for the probe: a kernel whose user space prints `marker` on ttyS0. */
export interface ProbePayload extends DirectKernelBoot {
  readonly marker: string;
}

/** A small guest reaches its user space under a working KVM in well under a second. */
const defaultDeadline = 5000;

/**
 * Boots the payload under KVM. That the device opens proves nothing: there are hosts where it does, the
 * firmware runs, and a kernel never reaches user space. Without a payload only a boot sector is tried,
 * which such a host passes too.
 */
export async function probeKvm(
  payload: ProbePayload | undefined,
  session: Session,
  deadline = defaultDeadline,
): Promise<Accelerator> {
  const within = `${deadline / 1000} s`;
  const base = { name: 'kvm-probe', cpus: 1, memoryMiB: 256, firmware: 'bios', vga: 'none' } as const;
  const description: MachineDescription = payload
    ? { ...base, kernelBoot: payload }
    : { ...base, disks: [await tinyDisk(session)] };
  const marker = payload?.marker ?? tinyGuestMarker;
  try {
    await using machine = await startMachine(description, {
      session,
      accelerator: { kind: 'kvm', reason: 'probe' },
    });
    await machine.serial.waitFor(marker, { deadline, what: 'the probe' });
  } catch (error) {
    // Also a QEMU without KVM, or a missing permission, is an answer.
    const said = /saying: (.*)/.exec((error as Error).message)?.[1];
    const seen =
      said === undefined ? `did not run a guest within ${within}` : `did not start a guest (${said})`;
    return { kind: 'tcg', reason: `KVM is there and ${seen}` };
  }
  const ran = payload ? 'a kernel reached user space' : 'a boot sector ran (no kernel was given to be tried)';
  return { kind: 'kvm', reason: `${ran} within ${within}` };
}

async function tinyDisk(session: Session) {
  const path = join(session.tempDir('probe'), 'boot.img');
  await writeFile(path, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
  return { id: 'boot', path, format: 'raw', interface: 'virtio', bootIndex: 0, readOnly: true } as const;
}
