/** A date and a time of day as FAT stores them: local time, in steps of two seconds, from 1980 to 2107. */
export interface FatTime {
  readonly date: number;
  readonly time: number;
}

const FIRST_YEAR = 1980;
const LAST_YEAR = 2107;

/** Microsoft, "FAT: General Overview of On-Disk Format", 1.03, "Date and Time Formats". Years out of reach become the nearest. */
export function toFatTime(when: Date): FatTime {
  const year = when.getFullYear();
  if (year < FIRST_YEAR) return { date: (1 << 5) | 1, time: 0 };
  if (year > LAST_YEAR) return { date: 0xff9f, time: 0xbf7d };
  return {
    date: ((year - FIRST_YEAR) << 9) | ((when.getMonth() + 1) << 5) | when.getDate(),
    time: (when.getHours() << 11) | (when.getMinutes() << 5) | (when.getSeconds() >> 1),
  };
}

export function fromFatTime({ date, time }: FatTime): Date {
  return new Date(
    FIRST_YEAR + (date >> 9),
    // No month or day at all is how some programs say that they do not know it.
    Math.max((date >> 5) & 0xf, 1) - 1,
    Math.max(date & 0x1f, 1),
    time >> 11,
    (time >> 5) & 0x3f,
    (time & 0x1f) * 2,
  );
}
