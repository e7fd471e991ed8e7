import type { Builtin, ShellSession } from '../session';
import { WindowsError } from '../windows-error';

/** `1234-ABCD`. */
function serialText(serial: number): string {
  const digits = serial.toString(16).toUpperCase().padStart(8, '0');
  return `${digits.slice(0, 4)}-${digits.slice(4)}`;
}

/** The two lines about a drive with which `dir` and `vol` begin; the serial number where the host knows it. */
export async function volumeLines(session: ShellSession, root: string): Promise<string> {
  const volumes = await session.parts.host.volumes();
  const volume = volumes.find(
    ({ letter, devicePath }) => `${letter}:` === root || devicePath.toLowerCase() === root.toLowerCase(),
  );
  const label = volume?.label ?? '';
  const name = /^[A-Z]:$/.test(root) ? root.slice(0, 1) : root;
  const first = ` Volume in drive ${name} ${label === '' ? 'has no label.' : `is ${label}`}\r\n`;
  const serial = volume?.serialNumber;
  return serial === undefined ? first : `${first} Volume Serial Number is ${serialText(serial)}\r\n`;
}

/** `vol`, `vol D:`. */
export const volume: Builtin = async (session, tail, { output }) => {
  const typed = tail.trim();
  if (typed !== '' && !/^[A-Za-z]:$/.test(typed)) throw new WindowsError(123);
  const root = (typed || session.folder.slice(0, 2)).toUpperCase();
  // A drive that is not there, or not ready, says so.
  await session.files.stat(`${root}\\`);
  output.write(await volumeLines(session, root));
  return 0;
};
