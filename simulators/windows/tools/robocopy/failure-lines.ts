import type { WindowsError } from '../../shell';

/** `2026/11/21 16:16:00 ERROR 5 (0x00000005) Copying File C:\\x`, then the system's text (general knowledge of real Windows). */
export function failureLines({ code, message }: WindowsError, doing: string, path: string): string {
  const number = `${code} (0x${code.toString(16).toUpperCase().padStart(8, '0')})`;
  return `${stamp(new Date())} ERROR ${number} ${doing} ${path}\r\n${message}\r\n\r\n`;
}

function stamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('/');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
