import { fileTimeFromUnix, unixFromFileTime } from '../../../disk/regf';

/** `11/21/2026 3:54:06 PM`, as an English (United States) Windows writes it; UTC, as the stand-in's clock runs. */
export function dateText(fileTime: bigint): string {
  const date = new Date(unixFromFileTime(fileTime));
  const hours = date.getUTCHours();
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getUTCMonth() + 1}/${date.getUTCDate()}/${date.getUTCFullYear()}`;
  const time = `${hours % 12 || 12}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${day} ${time} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** FILETIME of the start of a day given as `12/31/2026` or `12/31/26`; undefined for other text. */
export function parseDate(text: string): bigint | undefined {
  const [, month, day, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4}|\d{2})$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  const full = Number(year) + (year.length === 2 ? 2000 : 0);
  const time = Date.UTC(full, Number(month) - 1, Number(day));
  const date = new Date(time);
  const real = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && full >= 1601;
  return real ? fileTimeFromUnix(time) : undefined;
}
