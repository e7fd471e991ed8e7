/** Times and dates as a US English Windows shows them. */
export interface ClockTexts {
  /** `3:45 AM` */
  readonly time: string;
  /** `Friday, November 21` */
  readonly longDate: string;
  /** `11/21/2026` */
  readonly shortDate: string;
}

export function clockTexts(now: Date, timeZone: string): ClockTexts {
  const format = (options: Intl.DateTimeFormatOptions) =>
    // ICU puts a narrow no-break space before AM and PM; Windows a plain one.
    new Intl.DateTimeFormat('en-US', { timeZone, ...options }).format(now).replace(/\u202f/g, ' ');
  return {
    time: format({ hour: 'numeric', minute: '2-digit' }),
    longDate: format({ weekday: 'long', month: 'long', day: 'numeric' }),
    shortDate: format({ year: 'numeric', month: 'numeric', day: 'numeric' }),
  };
}
