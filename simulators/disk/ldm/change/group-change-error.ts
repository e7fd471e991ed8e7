/** Why a disk group was not changed; tools have words of their own for each. */
export type GroupRefusal =
  /** No place of the size that was asked for. */
  | 'no-space'
  /** The layout of the volume does not allow it, or the volume has not what it would need. */
  | 'wrong-layout'
  /** Too few or too many disks, one of them twice, or one that the volume lies on already. */
  | 'wrong-disks'
  /** It needs a disk that is not there. */
  | 'missing-disk'
  /** The disk is there, and only a missing one can be taken out. */
  | 'not-missing'
  /** The disk is listed with volumes on it. */
  | 'disk-has-volumes'
  /** The copy that would go is the only good one. */
  | 'last-copy'
  /** The copies of the volume are being made equal. */
  | 'synchronizing'
  | 'no-such-volume'
  | 'no-such-disk';

/** A change that the group does not allow. Nothing was written. */
export class GroupChangeError extends Error {
  override readonly name = 'GroupChangeError';

  constructor(
    readonly refusal: GroupRefusal,
    message: string,
  ) {
    super(message);
  }
}
