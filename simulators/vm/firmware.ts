import { constants, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MachineDescription } from './machine-description';

/** Debian's package `ovmf`: the program, and variables as they are when a machine is new. */
const OVMF = {
  code: '/usr/share/OVMF/OVMF_CODE_4M.fd',
  variables: '/usr/share/OVMF/OVMF_VARS_4M.fd',
} as const;

/** The machine's properties and block nodes for its firmware. BIOS needs none: QEMU's own SeaBIOS. */
export function firmwareArguments(
  { firmware }: MachineDescription,
  variables: string | undefined,
): { readonly machine: Readonly<Record<string, string>>; readonly nodes: readonly string[] } {
  if (firmware === 'bios') return { machine: {}, nodes: [] };
  if (variables === undefined) throw new Error('A machine with UEFI needs a file for its variables.');
  const node = (name: string, filename: string, readOnly: boolean) => [
    '-blockdev',
    JSON.stringify({ driver: 'file', 'node-name': name, filename, 'read-only': readOnly }),
  ];
  return {
    machine: { pflash0: 'firmware', pflash1: 'variables' },
    nodes: [...node('firmware', OVMF.code, true), ...node('variables', variables, false)],
  };
}

/** The file with the machine's UEFI variables: its own, or a new one in `folder`. Undefined with BIOS. */
export async function uefiVariables(
  { firmware, uefiVariables: own }: MachineDescription,
  folder: string,
): Promise<string | undefined> {
  if (firmware === 'bios' || own !== undefined) return own;
  const fresh = join(folder, 'uefi-variables.fd');
  await newUefiVariables(fresh);
  return fresh;
}

/** Makes a file for a server's UEFI variables, as they are when it is new. */
export async function newUefiVariables(file: string): Promise<void> {
  await copyFile(OVMF.variables, file, constants.COPYFILE_FICLONE).catch((cause: unknown) => {
    throw new Error(`Failed to copy ${OVMF.variables}: install the Debian package ovmf.`, { cause });
  });
}
