import type { LocalGroup, SamDatabase } from '../../../disk/sam';
import { changeAccounts, readAccounts } from './accounts-of-system';
import { type NetCommand, parseOptions, RULE, succeed } from './command';
import { NetFailure, netFailure, syntaxFailure, systemFailure } from './failure';

const SYNTAX = [
  'NET LOCALGROUP',
  '[groupname [/COMMENT:"text"]] [/DOMAIN]',
  '              groupname {/ADD [/COMMENT:"text"] | /DELETE}  [/DOMAIN]',
  '              groupname name [...] {/ADD | /DELETE} [/DOMAIN]',
];

/** Names of members that every Windows knows (MS-DTYP 2.4.2.4); others are shown by their SID. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  'S-1-1-0': 'Everyone',
  'S-1-5-4': 'NT AUTHORITY\\INTERACTIVE',
  'S-1-5-11': 'NT AUTHORITY\\Authenticated Users',
  'S-1-5-17': 'NT AUTHORITY\\IUSR',
};

/** `net localgroup [group [name ... /add | /delete]]`. Making and deleting groups is left out. */
export const localGroup: NetCommand = async (context, args) => {
  const refused = syntaxFailure(...SYNTAX);
  const { words, switches } = parseOptions(args, ['add', 'delete', 'comment'], refused);
  const [name, ...members] = words;
  if (switches.has('add') && switches.has('delete')) throw refused;
  const changes = switches.has('add') || switches.has('delete');
  if (name === undefined) {
    if (changes) throw refused;
    const groups = (await readAccounts(context)).listGroups().map((group) => `*${group.name}`);
    groups.sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
    const computer = context.host.hostName.toUpperCase();
    context.output.write(`\r\nAliases for \\\\${computer}\r\n\r\n${[RULE, ...groups].join('\r\n')}\r\n`);
    return succeed(context);
  }
  if (members.length > 0 !== changes || switches.has('comment')) {
    // Our text.
    if (changes || switches.has('comment'))
      throw new NetFailure('Making, changing and deleting groups is not part of the stand-in.\r\n\r\n');
    throw refused;
  }
  if (!changes) {
    const accounts = await readAccounts(context);
    const group = find(accounts, name);
    const names = accounts.listAccounts().filter(({ rid }) => group.members.includes(rid));
    const others = group.otherMembers.map((sid) => WELL_KNOWN[sid] ?? sid);
    const rows = [RULE, ...names.map((account) => account.name), ...others].join('\r\n');
    const head = `Alias name     ${group.name}\r\nComment        ${group.comment}\r\n\r\nMembers\r\n\r\n`;
    context.output.write(`${head}${rows}\r\n`);
    return succeed(context);
  }
  await changeAccounts(context, (accounts) => {
    const group = find(accounts, name);
    for (const member of members) changeMember(accounts, group, member, switches.has('add'));
  });
  succeed(context);
};

function find(accounts: SamDatabase, name: string): LocalGroup {
  const group = accounts.listGroups().find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (group === undefined) throw systemFailure(1376);
  return group;
}

function changeMember(accounts: SamDatabase, group: LocalGroup, member: string, add: boolean): void {
  // Names may be qualified with the computer's: `WEB01\olga`, `.\olga`.
  const account = accounts.account(member.slice(member.lastIndexOf('\\') + 1));
  if (account === undefined) throw netFailure(3783, `There is no such global user or group: ${member}.`);
  if (group.members.includes(account.rid) === add) throw systemFailure(add ? 1378 : 1377);
  if (add) accounts.addToGroup(account.name, group.rid);
  else accounts.removeFromGroup(account.name, group.rid);
}
