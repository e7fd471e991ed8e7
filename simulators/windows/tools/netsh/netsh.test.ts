import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firewallProfile, firewallRules, formatFirewallRule, ruleField } from '../../../disk/registry';
import { SystemMachine } from '../testing/system-machine';

let machine: SystemMachine;
beforeEach(async () => {
  machine = await SystemMachine.make();
});
afterEach(() => machine[Symbol.asyncDispose]());

const ok = { exitCode: 0, output: 'Ok.\r\n\r\n', errors: '' };
const run = (words: string) => machine.run(`netsh advfirewall ${words}`);
const rule70 = '-'.repeat(70);
const noRules = '\r\nNo rules match the specified criteria.\r\n\r\n';
const states = async () => {
  const system = await machine.hive('SYSTEM');
  return (['domain', 'private', 'public'] as const).map(
    (profile) => firewallProfile(system, profile).enabled,
  );
};
const rules = async () => firewallRules(await machine.hive('SYSTEM'));

describe('the profiles', () => {
  // Layout: a transcript of `show currentprofile` on datacadamia.com/os/windows/firewall.
  it('are shown with their settings', async () => {
    expect((await run('show currentprofile')).output.split('\r\n')).toEqual([
      '',
      'Public Profile Settings: ',
      rule70,
      'State                                 ON',
      'Firewall Policy                       BlockInbound,AllowOutbound',
      'LocalFirewallRules                    N/A (GPO-store only)',
      'LocalConSecRules                      N/A (GPO-store only)',
      'InboundUserNotification               Disable',
      'RemoteManagement                      Disable',
      'UnicastResponseToMulticast            Enable',
      '',
      'Logging:',
      'LogAllowedConnections                 Disable',
      'LogDroppedConnections                 Disable',
      'FileName                              %systemroot%\\system32\\LogFiles\\Firewall\\pfirewall.log',
      'MaxFileSize                           4096',
      '',
      'Ok.',
      '',
      '',
    ]);
  });

  it('are switched off and on', async () => {
    expect(await machine.run('NetSh Advfirewall set allprofiles state off')).toEqual(ok);
    expect(await states()).toEqual([false, false, false]);
    const block = (name: string) =>
      `\r\n${name} Profile Settings: \r\n${rule70}\r\nState                                 OFF\r\n`;
    expect((await run('show allprofiles state')).output).toBe(
      `${block('Domain')}${block('Private')}${block('Public')}Ok.\r\n\r\n`,
    );
    expect(await run('set privateprofile state on')).toEqual(ok);
    expect(await states()).toEqual([false, true, false]);
    expect(await run('set currentprofile firewallpolicy allowinbound,allowoutbound')).toEqual(ok);
    expect((await run('show publicprofile firewallpolicy')).output).toContain('AllowInbound,AllowOutbound');
    expect(await run('set publicprofile settings inboundusernotification enable')).toEqual(ok);
    expect((await run('show publicprofile settings')).output).toContain(
      'InboundUserNotification               Enable',
    );
  });

  it('take the words of the old context, which says that it is deprecated', async () => {
    const { output } = await machine.run('netsh firewall set opmode disable');
    expect(output).toContain('However, "netsh firewall" is deprecated;');
    expect(output.endsWith(ok.output)).toBe(true);
    expect(await states()).toEqual([true, true, false]);
    await machine.run('netsh firewall set opmode mode=disable profile=all');
    expect(await states()).toEqual([false, false, false]);
  });

  it('are those of Windows Server 2003 there: one context, two profiles, nothing deprecated', async () => {
    await using old = await SystemMachine.make('5.2.3790');
    expect(await old.run('netsh firewall set opmode disable')).toEqual(ok);
    const enabledOf = async (profile: 'domain' | 'private' | 'public') =>
      firewallProfile(await old.hive('SYSTEM'), profile).enabled;
    expect([await enabledOf('domain'), await enabledOf('private'), await enabledOf('public')]).toEqual([
      true,
      false,
      true,
    ]);
    const { output } = await old.run('netsh advfirewall set allprofiles state off');
    expect(output).toContain('The following command was not found');
  });

  it.each([
    ['show allprofiles colour', 'The syntax supplied for this command is not valid.'],
    ['set allprofiles state maybe', 'A specified value is not valid.'],
    ['set allprofiles', 'The syntax supplied for this command is not valid.'],
    ['dance now', 'The following command was not found: advfirewall dance now.'],
  ])('refuse %s', async (words, text) => {
    const { exitCode, output } = await run(words);
    expect([exitCode, output]).toEqual([1, expect.stringContaining(text)]);
  });
});

describe('the rules', () => {
  // Layout: general knowledge.
  it('are shown by name, with the texts of their resources', async () => {
    expect((await run('firewall show rule name="remote desktop (TCP-In)"')).output.split('\r\n')).toEqual([
      '',
      'Rule Name:                            Remote Desktop (TCP-In)',
      rule70,
      'Enabled:                              Yes',
      'Direction:                            In',
      'Profiles:                             Domain,Private,Public',
      'Grouping:                             Remote Desktop',
      'LocalIP:                              Any',
      'RemoteIP:                             Any',
      'Protocol:                             TCP',
      'LocalPort:                            3389',
      'RemotePort:                           Any',
      'Edge traversal:                       No',
      'Action:                               Allow',
      'Ok.',
      '',
      '',
    ]);
    const all = (await run('firewall show rule name=all dir=in')).output;
    expect(all.match(/Rule Name:/g)).toHaveLength(6);
    expect(all).toContain(`${' '.repeat(38)}Type    Code\r\n${' '.repeat(38)}8       Any \r\n`);
    expect(await run('firewall show rule name=none')).toEqual({ exitCode: 1, output: noRules, errors: '' });
  });

  it('are switched by their group', async () => {
    const set = (words: string) => run(`firewall set rule ${words}`);
    const updated = { ...ok, output: '\r\nUpdated 1 rule(s).\r\nOk.\r\n\r\n' };
    expect(await set('group="remote desktop" new enable=No')).toEqual(updated);
    const active = async () =>
      (await rules())
        .filter(({ id }) => id === 'RemoteDesktop-In-TCP')
        .map(({ rule }) => ruleField(rule, 'Active'));
    expect(await active()).toEqual(['FALSE']);
    expect(await set('group="@FirewallAPI.dll,-28752" new enable=yes')).toEqual(updated);
    expect(await active()).toEqual(['TRUE']);
    expect((await set('group="remote desktop" new action=block')).exitCode).toBe(1);
    expect((await set('group="none" new enable=yes')).output).toBe(noRules);
    expect((await set('name=x enable=yes')).output).toContain('The syntax supplied');
  });

  it('are added in the form of the samples, changed and deleted', async () => {
    const add =
      'firewall add rule name="Web server" dir=in action=allow protocol=TCP localport=80,443,8000-8010 ' +
      'remoteip=10.0.0.0/8,LocalSubnet profile=public description="x y"';
    expect(await run(add)).toEqual(ok);
    const stored = (await rules()).at(-1)!;
    expect(stored.id).toMatch(/^\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}$/);
    expect(formatFirewallRule(stored.rule)).toBe(
      'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|Profile=Public|LPort=80|LPort=443|LPort2_10=8000-8010|' +
        'RA4=10.0.0.0/8|RA4=LocalSubnet|RA6=LocalSubnet|Name=Web server|Desc=x y|',
    );
    const shown = (await run('firewall show rule name="Web server" verbose')).output;
    expect(shown).toContain('Description:                          x y\r\n');
    expect(shown).toContain('LocalPort:                            80,443,8000-8010\r\n');
    expect(shown).toContain('RemoteIP:                             10.0.0.0/8,LocalSubnet\r\n');
    expect(shown).toContain('Profiles:                             Public\r\n');
    const change = 'firewall set rule name="Web server" new action=block localport=any enable=no';
    expect((await run(change)).output).toBe('\r\nUpdated 1 rule(s).\r\nOk.\r\n\r\n');
    expect(formatFirewallRule((await rules()).at(-1)!.rule)).toContain(
      'Action=Block|Active=FALSE|Dir=In|Protocol=6|Profile',
    );
    expect((await run('firewall delete rule name="web server"')).output).toBe(
      '\r\nDeleted 1 rule(s).\r\nOk.\r\n\r\n',
    );
    expect((await run('firewall delete rule name="web server"')).output).toBe(noRules);
  });

  it.each([
    'name=x dir=in',
    'name=all dir=in action=allow',
    'name=x dir=up action=allow',
    'name=x dir=in action=allow localport=80',
    'name=x dir=in action=allow protocol=tcp localport=80-',
    'name=x dir=in action=allow protocol=tcp localport=70000',
    'name=x dir=in action=allow protocol=300',
    'name=x dir=in action=allow remoteip=300.1.1.1',
    'name=x dir=in action=allow profile=home',
    'name=x dir=in action=allow program=a|b',
    'name=x dir=in action=allow colour=red',
  ])('refuse add %s, and nothing is stored', async (words) => {
    const before = (await rules()).length;
    expect((await run(`firewall add rule ${words.replace('|', '^|')}`)).exitCode).toBe(1);
    expect(await rules()).toHaveLength(before);
  });

  it('go back to their first state', async () => {
    await run('firewall add rule name=x dir=out action=block');
    await run('firewall set rule group="remote desktop" new enable=no');
    await run('set allprofiles state off');
    expect(await run('reset')).toEqual(ok);
    expect(await rules()).toHaveLength(6);
    expect((await rules()).map(({ rule }) => ruleField(rule, 'Active'))).toEqual([
      'TRUE',
      'TRUE',
      'TRUE',
      'FALSE',
      'FALSE',
      'TRUE',
    ]);
    expect(await states()).toEqual([true, true, true]);
  });
});

describe('netsh', () => {
  it('takes abbreviations and stays in a context', async () => {
    expect((await machine.run('netsh adv fire sh rule n=all')).exitCode).toBe(0);
    const typed = 'advfirewall\r\nset allp state off\r\nfirewall\r\n..\r\n..\r\nwlan\r\nbye\r\n';
    const { output } = await machine.run('netsh', typed);
    expect(output).toBe(
      'netsh>netsh advfirewall>Ok.\r\n\r\nnetsh advfirewall>netsh advfirewall firewall>netsh advfirewall>netsh>' +
        'The following command was not found: wlan.\r\nnetsh>',
    );
    expect(await states()).toEqual([false, false, false]);
  });

  it('answers what is deliberately absent as it does unknown words', async () => {
    expect(await machine.run('netsh interface ip show config')).toEqual({
      exitCode: 1,
      output: 'The following command was not found: interface ip show config.\r\n',
      errors: '',
    });
  });
});
