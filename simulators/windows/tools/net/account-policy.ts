import { type AccountPolicy, accountPolicyOf, changeAccountPolicy } from '../../../disk/sam';
import { changeSystemHive, readSystemHive } from '../system-hives';
import { type NetCommand, type NetOptions, parseOptions, succeed } from './command';
import { type NetFailure, syntaxFailure } from './failure';

const SYNTAX = [
  'NET ACCOUNTS',
  '[/FORCELOGOFF:{minutes | NO}] [/MINPWLEN:length]',
  '              [/MAXPWAGE:{days | UNLIMITED}] [/MINPWAGE:days]',
  '              [/UNIQUEPW:number] [/LOCKOUTTHRESHOLD:number]',
  '              [/LOCKOUTDURATION:minutes] [/LOCKOUTWINDOW:minutes]',
];
const SWITCHES = [
  'minpwlen',
  'maxpwage',
  'minpwage',
  'uniquepw',
  'lockoutthreshold',
  'lockoutduration',
  'lockoutwindow',
];

/** `net accounts`: shows and changes what the SAM asks of passwords and when it locks accounts. */
export const accounts: NetCommand = async (context, args) => {
  const refused = syntaxFailure(...SYNTAX);
  const options = parseOptions(args, SWITCHES, refused);
  if (options.words.length > 0) throw refused;
  if (options.switches.size > 0) {
    const change = changeOf(options, refused);
    await changeSystemHive(context, 'SAM', (sam) => changeAccountPolicy(sam, change));
    return succeed(context);
  }
  context.output.write(policyText(accountPolicyOf(await readSystemHive(context, 'SAM'))));
  succeed(context);
};

function changeOf({ switches }: NetOptions, refused: NetFailure): Partial<AccountPolicy> {
  const number = (name: string, largest: number): number | undefined => {
    if (!switches.has(name)) return undefined;
    const text = switches.get(name) ?? '';
    if (!/^\d{1,5}$/.test(text) || Number(text) > largest) throw refused;
    return Number(text);
  };
  const unlimited = switches.get('maxpwage')?.toLowerCase() === 'unlimited';
  const change: { -readonly [Name in keyof AccountPolicy]?: AccountPolicy[Name] } = {};
  const put = <Name extends keyof AccountPolicy>(
    name: Name,
    value: AccountPolicy[Name] | undefined,
  ): void => {
    if (value !== undefined) change[name] = value;
  };
  put('minimumPasswordLength', number('minpwlen', 14));
  put('minimumPasswordDays', number('minpwage', 999));
  put('passwordHistory', number('uniquepw', 24));
  put('lockoutThreshold', number('lockoutthreshold', 999));
  put('lockoutMinutes', number('lockoutduration', 99_999));
  put('lockoutWindowMinutes', number('lockoutwindow', 99_999));
  if (unlimited) change.maximumPasswordDays = undefined;
  else put('maximumPasswordDays', number('maxpwage', 999));
  return change;
}

/** Values from column 54 on. */
function policyText(policy: AccountPolicy): string {
  const none = (value: number, word: string): string => (value === 0 ? word : String(value));
  const rows: readonly (readonly [label: string, value: string])[] = [
    ['Force user logoff how long after time expires?:', 'Never'],
    ['Minimum password age (days):', String(policy.minimumPasswordDays)],
    ['Maximum password age (days):', String(policy.maximumPasswordDays ?? 'Unlimited')],
    ['Minimum password length:', String(policy.minimumPasswordLength)],
    ['Length of password history maintained:', none(policy.passwordHistory, 'None')],
    ['Lockout threshold:', none(policy.lockoutThreshold, 'Never')],
    ['Lockout duration (minutes):', String(policy.lockoutMinutes ?? 'Never')],
    ['Lockout observation window (minutes):', String(policy.lockoutWindowMinutes)],
    ['Computer role:', 'SERVER'],
  ];
  return rows.map(([label, value]) => `${label.padEnd(54)}${value}\r\n`).join('');
}
