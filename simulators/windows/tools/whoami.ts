import type { Program } from '../shell';

/** Groups of a local administrator, with the SIDs that Windows gives them everywhere ([MS-DTYP] 2.4.2.4). */
const groups: readonly (readonly [name: string, type: string, sid: string])[] = [
  ['Everyone', 'Well-known group', 'S-1-1-0'],
  ['BUILTIN\\Administrators', 'Alias', 'S-1-5-32-544'],
  ['BUILTIN\\Users', 'Alias', 'S-1-5-32-545'],
  ['NT AUTHORITY\\Authenticated Users', 'Well-known group', 'S-1-5-11'],
  ['NT AUTHORITY\\This Organization', 'Well-known group', 'S-1-5-15'],
  ['NT AUTHORITY\\Local account', 'Well-known group', 'S-1-5-113'],
  ['Mandatory Label\\High Mandatory Level', 'Label', 'S-1-16-12288'],
];

/** Privileges of an elevated administrator; the choice is ours, the names are Windows'. */
const privileges: readonly (readonly [name: string, description: string])[] = [
  ['SeBackupPrivilege', 'Back up files and directories'],
  ['SeRestorePrivilege', 'Restore files and directories'],
  ['SeShutdownPrivilege', 'Shut down the system'],
  ['SeTakeOwnershipPrivilege', 'Take ownership of files or other objects'],
  ['SeManageVolumePrivilege', 'Perform volume maintenance tasks'],
];

function table(title: string, headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const text = (cells: readonly string[]): string =>
    `${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' ')}\r\n`;
  const underline = widths.map((width) => ''.padEnd(width, '=')).join(' ');
  const heading = `\r\n${title}\r\n${''.padEnd(title.length, '-')}\r\n\r\n`;
  return `${heading}${text(headings)}${underline}\r\n${rows.map(text).join('')}`;
}

/** `computer\user`, both in lower case; `/groups` and `/priv` list, `/user` is refused, since the SID is not looked up. */
export const whoami: Program = async ({ host, user, output, errors, args }) => {
  const words = args.map((word) => word.toLowerCase());
  const name = `${host.hostName}\\${user}`.toLowerCase();
  const unknown = words.find((word) => !['/groups', '/priv', '/user', '/all'].includes(word));
  if (unknown !== undefined) {
    errors.write(`ERROR: Invalid argument/option - '${unknown}'.\r\nType "WHOAMI /?" for usage.\r\n`);
    return 1;
  }
  if (words.includes('/user') || words.includes('/all')) {
    // Our text.
    errors.write('ERROR: This stand-in does not look up the SID of a user. Use "whoami" or "net user".\r\n');
    return 1;
  }
  if (words.length === 0) output.write(`${name}\r\n`);
  if (words.includes('/groups')) {
    const rows = groups.map(([group, type, sid]) => [
      group,
      type,
      sid,
      type === 'Label' ? '' : 'Mandatory group, Enabled by default, Enabled group',
    ]);
    output.write(table('GROUP INFORMATION', ['Group Name', 'Type', 'SID', 'Attributes'], rows));
  }
  if (words.includes('/priv')) {
    const rows = privileges.map(([privilege, description]) => [privilege, description, 'Enabled']);
    output.write(table('PRIVILEGES INFORMATION', ['Privilege Name', 'Description', 'State'], rows));
  }
  return 0;
};
