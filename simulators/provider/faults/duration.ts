const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Reads `500ms`, `30s`, `5m`, `24h`, `7d` or `1.5h` as milliseconds. */
export function readDuration(text: string): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?) ?(ms|s|m|h|d)$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new Error(`"${text}" is no duration; write it as 500ms, 30s, 5m, 24h or 7d.`);
  }
  return Number(amount) * (UNITS[unit] as number);
}
