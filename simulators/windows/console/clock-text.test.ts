import { expect, test } from 'vitest';
import { clockTexts } from './clock-text';

test.each(['2026-11-21T03:45:00Z', '2026-01-01T00:05:59Z', '2027-02-28T12:00:00Z', '2028-02-29T23:59:00Z'])(
  '%s is said as Intl says it for US English',
  (moment) => {
    const now = new Date(moment);
    const intl = (options: Intl.DateTimeFormatOptions) =>
      new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(now).replace(/\u202f/g, ' ');
    expect(clockTexts(now)).toEqual({
      time: intl({ hour: 'numeric', minute: '2-digit' }),
      longDate: intl({ weekday: 'long', month: 'long', day: 'numeric' }),
      shortDate: intl({ year: 'numeric', month: 'numeric', day: 'numeric' }),
    });
  },
);
