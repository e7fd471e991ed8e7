/** A SAM or SYSTEM hive that lacks what local accounts need, or an account that is not there. */
export class SamError extends Error {
  override readonly name = 'SamError';
}
