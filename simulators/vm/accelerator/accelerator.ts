/** How the guest's instructions run, and how that was decided. */
export interface Accelerator {
  readonly kind: 'kvm' | 'tcg';
  /** A sentence for reports: why this one. */
  readonly reason: string;
}
