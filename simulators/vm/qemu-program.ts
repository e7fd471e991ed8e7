let chosen: string | undefined;

/** From now on this process runs its machines with this QEMU; `RESCUE_LAB_QEMU` goes before it. */
export function useQemu(program: string): void {
  chosen = program;
}

/** What is started for a machine: `RESCUE_LAB_QEMU`, else what `useQemu` was given, else the host's own. */
export function qemuProgram(): string {
  return process.env['RESCUE_LAB_QEMU'] || chosen || 'qemu-system-x86_64';
}
