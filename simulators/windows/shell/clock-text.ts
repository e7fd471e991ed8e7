const two = (value: number): string => String(value).padStart(2, '0');

/** `11/21/2026`: the short date of the English (United States) format. */
export function numericDate(date: Date): string {
  return `${two(date.getMonth() + 1)}/${two(date.getDate())}/${date.getFullYear()}`;
}

/** `03:53 PM`. */
export function clockMinutes(date: Date): string {
  const hours = date.getHours();
  return `${two(hours % 12 || 12)}:${two(date.getMinutes())} ${hours < 12 ? 'AM' : 'PM'}`;
}

/** `Sat 11/21/2026`: `%DATE%`. */
export function shortDate(date: Date): string {
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][date.getDay()];
  return `${day} ${numericDate(date)}`;
}

/** ` 9:05:07.42`: `%TIME%`, the hour padded with a blank. */
export function shortTime(date: Date): string {
  const hundredths = two(Math.floor(date.getMilliseconds() / 10));
  const hour = String(date.getHours()).padStart(2);
  return `${hour}:${two(date.getMinutes())}:${two(date.getSeconds())}.${hundredths}`;
}

/** `11/21/2026, 3:53:59 PM`: date and time of `systeminfo`. */
export function longStamp(date: Date): string {
  const hours = date.getHours();
  const time = `${hours % 12 || 12}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${date.getMonth() + 1}/${date.getDate()}/${date.getFullYear()}, ${time} ${hours < 12 ? 'AM' : 'PM'}`;
}
