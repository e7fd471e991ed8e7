import { DiskFormatError } from '../bytes';

/** Where in a hive something stands: a key and, mostly, one of its values. */
export interface ValuePlace {
  /** Backslash path below the hive's root. */
  readonly key: string;
  /** Undefined where the key itself is meant; the empty text is the default value. */
  readonly value?: string | undefined;
}

/** A key or value of a readable hive whose content cannot be what it should be. */
export class RegistryValueError extends DiskFormatError {
  override readonly name: string = 'RegistryValueError';

  /**
   * @param place the key and value that were looked at
   * @param offset byte offset of the fault within the value's data; 0 where the key or the value is missing
   * @param reason what is wrong there, without a capital and a full stop
   * @param advice a sentence on what to do
   */
  constructor(
    readonly place: ValuePlace,
    offset: number,
    reason: string,
    advice = '',
  ) {
    const where =
      place.value === undefined
        ? `key ${place.key || '\\'}`
        : `value "${place.value || '(Default)'}" of the key ${place.key || '\\'}, byte ${offset}`;
    super(
      offset,
      reason,
      `${reason.charAt(0).toUpperCase()}${reason.slice(1)} (registry ${where}).${advice && ` ${advice}`}`,
    );
  }
}
