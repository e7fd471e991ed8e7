/** Keystone's times: `2026-03-01T12:00:00.000000Z`. */
export function isoMicroseconds(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
