import { accountPolicyOf, type LocalAccount, type SamDatabase } from '../../../disk/sam';
import type { ProgramContext } from '../../shell';
import { changeAccounts, readAccounts } from './accounts-of-system';
import { type NetCommand, type NetOptions, parseOptions, RULE, succeed, yesOrNo } from './command';
import { parseDate } from './date-text';
import { NetFailure, netFailure, syntaxFailure } from './failure';
import { checkPolicy, passwordFor } from './password';
import { userText } from './user-text';

const SYNTAX = [
  'NET USER',
  '[username [password | *] [options]] [/DOMAIN]',
  '         username {password | *} /ADD [options] [/DOMAIN]',
  '         username [/DELETE] [/DOMAIN]',
  '         username [/TIMES:{times | ALL}]',
  '         username [/ACTIVE: {YES | NO}]',
];
const SWITCHES = [
  'add',
  'delete',
  'active',
  'comment',
  'expires',
  'fullname',
  'passwordchg',
  'passwordreq',
  'random',
  'domain',
  'times',
];

/** `net user`: lists, shows, adds, changes and deletes local accounts of the running system. */
export const user: NetCommand = async (context, args) => {
  const refused = syntaxFailure(...SYNTAX);
  const options = parseOptions(args, SWITCHES, refused);
  const { words, switches } = options;
  const [name, given] = words;
  if (words.length > 2) throw refused;
  if (switches.has('domain') || switches.has('times')) {
    // Our text: the stand-in is in no domain, and its accounts may log on at all times.
    throw new NetFailure('The options /DOMAIN and /TIMES are not part of the stand-in.\r\n\r\n');
  }
  if (name === undefined) {
    if (switches.size > 0) throw refused;
    return list(context);
  }
  if (switches.has('delete')) {
    if (switches.has('add') || given !== undefined) throw refused;
    await changeAccounts(context, (accounts) => accounts.deleteAccount(name));
    return succeed(context);
  }
  if (switches.size === 0 && given === undefined) return show(context, name);
  await change(context, name, given, options, refused);
};

async function list(context: ProgramContext): Promise<void> {
  const names = (await readAccounts(context)).listAccounts().map((account) => account.name);
  names.sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
  const rows: string[] = [];
  for (let at = 0; at < names.length; at += 3)
    rows.push(
      names
        .slice(at, at + 3)
        .map((name) => name.padEnd(25))
        .join(''),
    );
  const computer = context.host.hostName.toUpperCase();
  context.output.write(`\r\nUser accounts for \\\\${computer}\r\n\r\n${[RULE, ...rows].join('\r\n')}\r\n`);
  succeed(context);
}

async function show(context: ProgramContext, name: string): Promise<void> {
  const accounts = await readAccounts(context);
  context.output.write(userText(accounts, required(accounts, name), context.host.version));
  succeed(context);
}

function required(accounts: SamDatabase, name: string): LocalAccount {
  const account = accounts.account(name);
  if (account === undefined) throw netFailure(2221);
  return account;
}

async function change(
  context: ProgramContext,
  name: string,
  given: string | undefined,
  options: NetOptions,
  refused: NetFailure,
): Promise<void> {
  const { switches } = options;
  const active = yesOrNo(options, 'active', refused);
  const passwordRequired = yesOrNo(options, 'passwordreq', refused);
  if (yesOrNo(options, 'passwordchg', refused) === false) {
    // Our text.
    throw new NetFailure('The option /PASSWORDCHG:NO is not part of the stand-in.\r\n\r\n');
  }
  const expires = expiry(options, refused);
  const before = await readAccounts(context);
  // As on Windows nobody is asked for the password of an account that is not there.
  if (!switches.has('add')) required(before, name);
  else if (before.account(name) !== undefined) throw netFailure(2224);
  const password = await passwordFor(context, options, given);
  await changeAccounts(context, (accounts) => {
    if (password !== undefined || switches.has('add'))
      checkPolicy(accountPolicyOf(accounts.hive), name, password ?? '');
    if (switches.has('add')) {
      accounts.createAccount({ name, password });
      accounts.changeAccount(name, { passwordNeverExpires: false });
      const users = accounts.listGroups().find(({ rid }) => rid === 0x221);
      if (users !== undefined) accounts.addToGroup(name, users.rid);
    } else if (password !== undefined) accounts.setPassword(name, password);
    if (active !== undefined) accounts.setEnabled(name, active);
    // Activating an account also unlocks it.
    if (active === true) accounts.setLocked(name, false);
    accounts.changeAccount(name, {
      fullName: switches.get('fullname'),
      comment: switches.get('comment'),
      passwordRequired,
      expires,
    });
  });
  if (switches.has('random')) context.output.write(`Password for ${name} is: ${password}\r\n\r\n`);
  succeed(context);
}

/** `/expires:never`, `/expires:12/31/2026` */
function expiry({ switches }: NetOptions, refused: NetFailure): bigint | 'never' | undefined {
  if (!switches.has('expires')) return undefined;
  const text = switches.get('expires') ?? '';
  if (text.toLowerCase() === 'never') return 'never';
  const date = parseDate(text);
  if (date === undefined) throw refused;
  return date;
}
