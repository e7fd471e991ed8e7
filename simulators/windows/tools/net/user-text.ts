import { accountPolicyOf, type LocalAccount, type SamDatabase } from '../../../disk/sam';
import { dateText } from './date-text';

const DAY = 864_000_000_000n;

/** The table of `net user name`: values from column 30 on, groups in cells of 22. @param version of this Windows */
export function userText(accounts: SamDatabase, account: LocalAccount, version: string): string {
  const policy = accountPolicyOf(accounts.hive);
  const { passwordLastSet } = account;
  const after = (days: number | undefined): string =>
    passwordLastSet === 0n || days === undefined ? 'Never' : dateText(passwordLastSet + BigInt(days) * DAY);
  const groups = accounts
    .listGroups()
    .filter(({ members }) => members.includes(account.rid))
    .map(({ name }) => name);
  const yes = (on: boolean): string => (on ? 'Yes' : 'No');
  const line = (label: string, value: string): string => `${label.padEnd(29)}${value}\r\n`;
  return [
    line('User name', account.name),
    line('Full Name', account.fullName),
    line('Comment', account.comment),
    line("User's comment", ''),
    line(
      version.startsWith('6.1') || version.startsWith('6.0') ? 'Country code' : 'Country/region code',
      '000 (System Default)',
    ),
    line('Account active', account.locked && account.enabled ? 'Locked' : yes(account.enabled)),
    line('Account expires', account.expires === undefined ? 'Never' : dateText(account.expires)),
    '\r\n',
    line('Password last set', after(0)),
    line('Password expires', account.passwordNeverExpires ? 'Never' : after(policy.maximumPasswordDays)),
    line('Password changeable', after(policy.minimumPasswordDays)),
    line('Password required', yes(account.passwordRequired)),
    line('User may change password', 'Yes'),
    '\r\n',
    line('Workstations allowed', 'All'),
    line('Logon script', ''),
    line('User profile', ''),
    line('Home directory', ''),
    line('Last logon', account.lastLogon === 0n ? 'Never' : dateText(account.lastLogon)),
    '\r\n',
    line('Logon hours allowed', 'All'),
    '\r\n',
    cells('Local Group Memberships', groups),
    cells('Global Group memberships', ['None']),
  ].join('');
}

/** Two groups in a row. */
function cells(label: string, names: readonly string[]): string {
  const rows: string[] = [];
  for (let at = 0; at < Math.max(1, names.length); at += 2)
    rows.push(
      names
        .slice(at, at + 2)
        .map((name) => `*${name}`.padEnd(22))
        .join(''),
    );
  return rows.map((row, index) => `${(index === 0 ? label : '').padEnd(29)}${row}\r\n`).join('');
}
