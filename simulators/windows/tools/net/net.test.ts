import { rm, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemMachine } from '../testing/system-machine';

let machine: SystemMachine;
beforeEach(async () => {
  machine = await SystemMachine.make();
});
afterEach(() => machine[Symbol.asyncDispose]());

const completed = 'The command completed successfully.\r\n\r\n';
const done = { exitCode: 0, output: completed, errors: '' };
const helped = (number: number, text: string) => ({
  exitCode: 2,
  output: '',
  errors: `${text}\r\n\r\nMore help is available by typing NET HELPMSG ${number}.\r\n\r\n`,
});
const rule = '-'.repeat(79);

describe('net user', () => {
  // Layouts of net.exe of Windows 7 and Server 2008 R2: general knowledge.
  it('lists accounts, three in a row', async () => {
    expect((await machine.run('net user')).output.split('\r\n')).toEqual([
      '',
      'User accounts for \\\\WINRESCUEOVH',
      '',
      rule,
      'Administrator            Guest                    olga                     ',
      'The command completed successfully.',
      '',
      '',
    ]);
  });

  it('shows one account', async () => {
    const { output } = await machine.run('net user OLGA');
    expect(output).toContain('User name                    olga\r\nFull Name                    Olga K.\r\n');
    expect(output).toContain(
      'Country code                 000 (System Default)\r\nAccount active               Yes\r\n',
    );
    expect(output).toContain('Local Group Memberships      *Users                \r\n');
    expect(output).toContain('Global Group memberships     *None                 \r\n');
    expect(output.endsWith(completed)).toBe(true);
    expect(await machine.run('net user nobody')).toEqual(helped(2221, 'The user name could not be found.'));
    expect((await machine.run('net helpmsg 2221')).output).toBe(
      '\r\nThe user name could not be found.\r\n\r\n',
    );
  });

  it('sets the password in the SAM of the running system', async () => {
    expect(await machine.run('net user Administrator N3w-Secret')).toEqual(done);
    const accounts = await machine.accounts();
    expect(accounts.verifyPassword('Administrator', 'N3w-Secret')).toBe(true);
    expect(accounts.verifyPassword('olga', 'x')).toBe(true);
    expect(accounts.account('Administrator')?.passwordLastSet).toBeGreaterThan(0n);
    expect((await machine.run('net user Administrator')).output).toMatch(
      /Password last set {12}\d+\/\d+\/20\d\d \d+:\d\d:\d\d [AP]M\r\nPassword expires {13}Never\r\n/,
    );
    expect(await machine.run('net user Administrator ""')).toEqual(done);
    expect((await machine.accounts()).account('Administrator')?.hasPassword).toBe(false);
  });

  it('asks twice for *, and again when the answers differ', async () => {
    const { output, exitCode } = await machine.run('net user olga *', 'one\r\ntwo\r\nS3cret!\r\nS3cret!\r\n');
    const asked = 'Type a password for the user: \r\nRetype the password to confirm: \r\n';
    expect({ output, exitCode }).toEqual({
      output: `${asked}The passwords do not match.\r\n${asked}${completed}`,
      exitCode: 0,
    });
    expect((await machine.accounts()).verifyPassword('olga', 'S3cret!')).toBe(true);
    expect((await machine.run('net user olga *')).errors).toBe('No valid response was provided.\r\n\r\n');
  });

  it('does not show the password on a terminal', async () => {
    const { output } = await machine.type('net user olga *\rT0psecret\rT0psecret\rexit\r');
    expect(output).not.toContain('T0psecret');
    expect(output).toContain(completed);
    expect((await machine.accounts()).verifyPassword('olga', 'T0psecret')).toBe(true);
  });

  it('asks about a long password', async () => {
    const long = 'net user olga A-very-long-password1';
    const question = 'this account. Do you want to continue this operation? (Y/N) [Y]: ';
    expect((await machine.run(long, 'n\r\n')).exitCode).toBe(2);
    expect((await machine.accounts()).verifyPassword('olga', 'x')).toBe(true);
    expect((await machine.run(long, '\r\n')).output).toContain(question);
    expect((await machine.accounts()).verifyPassword('olga', 'A-very-long-password1')).toBe(true);
    expect(await machine.run(`${long}2 /y`)).toEqual(done);
  });

  it('adds, changes and deletes accounts', async () => {
    expect(
      await machine.run('net user temp S3cret! /add /fullname:"Temp T." /comment:x /expires:12/31/2030'),
    ).toEqual(done);
    const shown = (await machine.run('net user temp')).output;
    expect(shown).toContain('Full Name                    Temp T.\r\nComment                      x\r\n');
    expect(shown).toContain('Account expires              12/31/2030 12:00:00 AM\r\n');
    expect(shown).toContain('*Users ');
    expect(await machine.run('net user temp x /add')).toEqual(helped(2224, 'The account already exists.'));
    expect(await machine.run('net user temp /active:no /expires:never /passwordreq:no')).toEqual(done);
    expect((await machine.accounts()).account('temp')).toMatchObject({
      enabled: false,
      expires: undefined,
      passwordRequired: false,
    });
    expect(await machine.run('net user temp /del')).toEqual(done);
    expect((await machine.accounts()).account('temp')).toBeUndefined();
    expect((await machine.run('net user Guest /delete')).errors).toBe(
      'System error 1371 has occurred.\r\n\r\nCannot perform this operation on built-in accounts.\r\n\r\n',
    );
    expect(await machine.run('net user a,b x /add')).toEqual(
      helped(2202, 'The specified username is invalid.'),
    );
  });

  it('activates and unlocks', async () => {
    const accounts = await machine.accounts();
    accounts.setLocked('olga', true);
    await writeFile(machine.path('c', 'Windows/System32/config/SAM'), accounts.hive.serialize());
    expect((await machine.run('net user olga')).output).toContain('Account active               Locked\r\n');
    expect(await machine.run('net user olga /active:yes')).toEqual(done);
    expect((await machine.accounts()).account('olga')).toMatchObject({ enabled: true, locked: false });
  });

  it('draws a password and shows it', async () => {
    const { output } = await machine.run('net user olga /random');
    const password = /^Password for olga is: (\S{8})\r\n\r\nThe command completed/.exec(output)?.[1] ?? '';
    expect((await machine.accounts()).verifyPassword('olga', password)).toBe(true);
  });

  it.each([
    'net user olga x y',
    'net user /add',
    'net user olga /frob',
    'net user olga /active:maybe',
    'net user olga /expires:31/31/2020',
  ])('answers %s with its syntax', async (command) => {
    const { exitCode, errors } = await machine.run(command);
    expect([exitCode, errors.split('\r\n').slice(0, 3)]).toEqual([
      1,
      ['The syntax of this command is:', '', 'NET USER'],
    ]);
  });

  it('says that there is no SAM', async () => {
    await rm(machine.path('c', 'Windows/System32/config/SAM'));
    expect((await machine.run('net user')).errors).toContain('The system cannot find the file specified.');
  });
});

describe('net accounts', () => {
  it('shows and sets what passwords must be, and net user obeys', async () => {
    expect((await machine.run('net accounts')).output).toContain(
      'Minimum password length:                              0\r\nLength of password history maintained:                None\r\n' +
        'Lockout threshold:                                    Never\r\n',
    );
    expect(await machine.run('net accounts /minpwlen:8 /maxpwage:42 /lockoutthreshold:5')).toEqual(done);
    const { output } = await machine.run('net accounts');
    expect(output).toContain('Maximum password age (days):                          42\r\n');
    expect(output).toContain('Lockout threshold:                                    5\r\n');
    const refused = await machine.run('net user olga short');
    expect(refused.errors).toContain('The password does not meet the password policy requirements.');
    expect(refused.errors).toContain('NET HELPMSG 2245.');
    expect((await machine.run('net accounts /minpwlen:99')).exitCode).toBe(1);
  });
});

describe('net localgroup', () => {
  it('lists groups and members', async () => {
    expect((await machine.run('net localgroup')).output.split('\r\n').slice(1, 6)).toEqual([
      'Aliases for \\\\WINRESCUEOVH',
      '',
      rule,
      '*Administrators',
      '*Guests',
    ]);
    expect((await machine.run('net localgroup administrators')).output).toBe(
      'Alias name     Administrators\r\nComment        Full control of this computer\r\n\r\nMembers\r\n\r\n' +
        `${rule}\r\nAdministrator\r\n${completed}`,
    );
  });

  it('adds and removes members', async () => {
    expect((await machine.run('net localgroup helpers /add /comment:x')).errors).toContain('not part of');
    expect(await machine.run('net localgroup "Remote Desktop Users" .\\olga /add')).toEqual(done);
    expect(await machine.run('net localgroup Administrators olga /add')).toEqual(done);
    expect((await machine.accounts()).account('olga')?.administrator).toBe(true);
    expect((await machine.run('net localgroup Administrators olga /add')).errors).toContain(
      'System error 1378',
    );
    expect(await machine.run('net localgroup Administrators olga /delete')).toEqual(done);
    expect((await machine.run('net localgroup Administrators olga /delete')).errors).toContain(
      'System error 1377',
    );
    expect((await machine.run('net localgroup None olga /add')).errors).toContain('System error 1376');
    expect(await machine.run('net localgroup Users nobody /add')).toEqual(
      helped(3783, 'There is no such global user or group: nobody.'),
    );
  });
});

describe('net start and stop', () => {
  it('list, stop and start services until the machine restarts', async () => {
    expect((await machine.run('net start')).output).toContain('   Remote Desktop Services\r\n');
    expect((await machine.run('net stop TermService')).output).toBe(
      'The Remote Desktop Services service is stopping.\r\nThe Remote Desktop Services service was stopped successfully.\r\n\r\n',
    );
    expect((await machine.run('net start')).output).not.toContain('Remote Desktop Services');
    expect(await machine.run('net stop TermService')).toEqual(
      helped(3521, 'The Remote Desktop Services service is not started.'),
    );
    expect((await machine.run('net start "remote desktop services"')).output).toContain(
      'was started successfully.',
    );
    expect(await machine.run('net start termservice')).toEqual(
      helped(2182, 'The requested service has already been started.'),
    );
    expect(await machine.run('net start nothing')).toEqual(helped(2185, 'The service name is invalid.'));
  });

  it('ask before they stop what others need', async () => {
    const { output, exitCode } = await machine.run('net stop bfe', 'y\r\n');
    expect(output).toContain(
      '   Windows Firewall\r\n\r\nDo you want to continue this operation? (Y/N) [N]: ',
    );
    expect(output).toContain('The Base Filtering Engine service was stopped successfully.');
    expect(exitCode).toBe(0);
    expect((await machine.run('net stop RpcSs')).exitCode).toBe(2);
  });
});

describe('net', () => {
  it('says what it knows, and what is not there', async () => {
    expect((await machine.run('net')).errors).toContain('The syntax of this command is:');
    expect((await machine.run('net use')).errors).toBe('NET USE is not part of the stand-in.\r\n\r\n');
  });
});
