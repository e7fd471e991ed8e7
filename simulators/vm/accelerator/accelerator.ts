/** How the guest's instructions run, and how that was decided. */
export interface Accelerator {
  readonly kind: 'kvm' | 'tcg';
  /** A clause for reports: why this one. */
  readonly reason: string;
}

/** One line for people: "TCG (emulation): KVM is there and did not run a guest within 5 s". */
export function describeAccelerator({ kind, reason }: Accelerator): string {
  return `${kind === 'kvm' ? 'KVM (hardware)' : 'TCG (emulation)'}: ${reason}`;
}
