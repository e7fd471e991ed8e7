const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];

/** What oslo's `bool_from_string` takes for true. */
export function boolFromString(text: string | null | undefined): boolean {
  return TRUE.includes((text ?? '').trim().toLowerCase());
}
