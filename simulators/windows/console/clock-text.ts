const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
] as const;

/** Times and dates as a US English Windows shows them. */
export interface ClockTexts {
  /** `3:45 AM` */
  readonly time: string;
  /** `Friday, November 21` */
  readonly longDate: string;
  /** `11/21/2026` */
  readonly shortDate: string;
}

/** The clock of a machine whose time zone is UTC. Not by Intl: loading ICU's data takes a second under emulation. */
export function clockTexts(now: Date): ClockTexts {
  const hour = now.getUTCHours();
  const minute = String(now.getUTCMinutes()).padStart(2, '0');
  const [month, day] = [now.getUTCMonth(), now.getUTCDate()];
  return {
    time: `${hour % 12 || 12}:${minute} ${hour < 12 ? 'AM' : 'PM'}`,
    longDate: `${DAYS[now.getUTCDay()]}, ${MONTHS[month]} ${day}`,
    shortDate: `${month + 1}/${day}/${now.getUTCFullYear()}`,
  };
}
