import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../bytes';
import { createHive, parseHive } from '../regf';
import { createSoftwareHive, createSystemHive } from '../sam';
import {
  changeFirewallProfile,
  changeService,
  computerNameOf,
  currentControlSet,
  decodeMountedData,
  deleteFirewallRule,
  encodeMountedData,
  FIREWALL_PROFILES,
  findService,
  firewallProfile,
  firewallRules,
  formatFirewallRule,
  listServices,
  parseFirewallRule,
  putFirewallRule,
  RegistryValueError,
  readMountedDevices,
  removeMountedLetter,
  ruleField,
  ruleFields,
  SanPolicyCode,
  sanPolicyOf,
  setComputerName,
  setMountedDevice,
  setSanPolicy,
  windowsVersionOf,
  withRuleField,
} from '.';

const shared = process.env['RESCUE_LAB_SHARED'] ?? path.resolve(__dirname, '../../../../shared');
const hives = path.join(shared, 'samples/hives');
const haveSamples = existsSync(hives) && spawnSync('which', ['xz']).status === 0;
const sample = (name: string) =>
  parseHive(new Uint8Array(execFileSync('xz', ['-dc', path.join(hives, name)], { maxBuffer: 1 << 28 })));

const system = () => createSystemHive({ computerName: 'Web01', bootKey: new Uint8Array(16) });
const guid = '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b';

describe('mounted devices', () => {
  it('are written, read and forgotten again', () => {
    const hive = system();
    setMountedDevice(hive, {
      letter: 'c',
      volumeGuid: `{${guid.toUpperCase()}}`,
      location: { style: 'mbr', signature: 0x5cbea03e, offsetBytes: 0x100000 },
    });
    setMountedDevice(hive, { letter: 'D', location: { style: 'dynamic', volumeGuid: guid } });
    hive.key('MountedDevices')?.setString('#{unknown}', 'left alone');
    const data = { style: 'mbr', signature: 0x5cbea03e, offsetBytes: 0x100000 };
    expect(readMountedDevices(parseHive(hive.serialize()))).toEqual([
      { name: { letter: 'C' }, data },
      { name: { volumeGuid: guid }, data },
      { name: { letter: 'D' }, data: { style: 'guid', guid } },
    ]);
    expect([removeMountedLetter(hive, 'D'), removeMountedLetter(hive, 'D')]).toEqual([true, false]);
    expect(() => removeMountedLetter(hive, '1')).toThrow('"1" is not a drive letter');
  });

  it('keep every signature, offset and GUID', () => {
    const mbr = fc.record({
      style: fc.constant('mbr' as const),
      signature: fc.integer({ min: 0, max: 0xffffffff }),
      offsetBytes: fc.maxSafeNat(),
    });
    const guids = fc.record({ style: fc.constant('guid' as const), guid: fc.uuid() });
    fc.assert(
      fc.property(fc.oneof(mbr, guids), (data) => {
        expect(decodeMountedData(encodeMountedData(data))).toEqual(data);
      }),
    );
  });

  it('of no known form are refused with their place', () => {
    const hive = system();
    hive.key('MountedDevices')?.setBinary('\\DosDevices\\E:', new Uint8Array(5));
    const attempt = () => readMountedDevices(hive);
    expect(attempt).toThrow(RegistryValueError);
    expect(attempt).toThrow(
      'Its 5 bytes are neither a disk signature and offset, a DMIO GUID nor a device path ' +
        '(registry value "\\DosDevices\\E:" of the key MountedDevices, byte 0).',
    );
  });
});

describe('services', () => {
  it('are listed and changed; keys with settings only are none', () => {
    const hive = system();
    hive.createKey('ControlSet001\\Services\\Settings\\Parameters').setDword('x', 1);
    const names = listServices(hive).map(({ name }) => name);
    expect(names).toContain('TermService');
    expect(names).not.toContain('Settings');
    expect(changeService(hive, 'termservice', { start: 4, displayName: 'RDS', delayedAutoStart: true })).toBe(
      true,
    );
    expect(findService(parseHive(hive.serialize()), 'TERMSERVICE')).toMatchObject({
      name: 'TermService',
      start: 4,
      displayName: 'RDS',
      delayedAutoStart: true,
      dependencies: ['RPCSS', 'TermDD'],
    });
    expect(changeService(hive, 'nothing', { start: 2 })).toBe(false);
    expect(findService(hive, 'Tcpip\\Parameters')).toBeUndefined();
  });
});

describe('the firewall', () => {
  it('is switched by profile', () => {
    const hive = system();
    changeFirewallProfile(hive, 'private', { enabled: false });
    expect(FIREWALL_PROFILES.map((profile) => firewallProfile(hive, profile).enabled)).toEqual([
      true,
      false,
      true,
    ]);
    const policy = 'ControlSet001\\Services\\SharedAccess\\Parameters\\FirewallPolicy';
    expect(hive.key(`${policy}\\StandardProfile`)?.getDword('EnableFirewall')).toBe(0);
  });

  it('keeps rules under their names', () => {
    const hive = system();
    const rule = parseFirewallRule('v2.10|Action=Allow|Active=TRUE|Dir=In|', { key: 'x' });
    putFirewallRule(hive, { id: '{1}', rule: withRuleField(rule, 'LPort', '80', '443') });
    const stored = firewallRules(parseHive(hive.serialize())).find(({ id }) => id === '{1}')?.rule;
    expect(stored && ruleFields(stored, 'lport')).toEqual(['80', '443']);
    expect([deleteFirewallRule(hive, '{1}'), deleteFirewallRule(hive, '{1}')]).toEqual([true, false]);
  });

  it('takes rules apart and puts them together without a change', () => {
    const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,10}$/);
    const value = fc.string({ maxLength: 20 }).filter((text) => !/[|\0]/.test(text));
    fc.assert(
      fc.property(fc.array(fc.record({ key, value })), (fields) => {
        const text = formatFirewallRule({ version: 'v2.10', fields });
        expect(parseFirewallRule(text, { key: 'x' }).fields).toEqual(fields);
      }),
    );
  });

  it('replaces a field at its place and removes it', () => {
    const rule = parseFirewallRule('v2.10|Active=FALSE|LPORT=1|LPort=2|', { key: 'x' });
    expect(formatFirewallRule(withRuleField(rule, 'Active', 'TRUE'))).toBe(
      'v2.10|Active=TRUE|LPORT=1|LPort=2|',
    );
    expect(formatFirewallRule(withRuleField(rule, 'LPort'))).toBe('v2.10|Active=FALSE|');
    expect(ruleField(rule, 'Profile')).toBeUndefined();
    expect(() => formatFirewallRule({ version: 'v2.10', fields: [{ key: 'a', value: '|' }] })).toThrow(
      'cannot hold the field',
    );
  });

  it.each([
    ['Action=Allow|', 0, 'does not start with a version'],
    ['v2.10|Action=Allow', 36, 'does not end with "|"'],
    ['v2.10|Action=Allow|Dir|', 38, '"Dir" is no field'],
  ])('refuses %s', (text, offset, reason) => {
    const attempt = () => parseFirewallRule(text, { key: 'FirewallRules', value: 'x' });
    expect(attempt).toThrow(reason);
    expect(attempt).toThrow(expect.objectContaining({ offset }));
  });
});

describe('facts of a system', () => {
  it('are its names, its SAN policy and its version', () => {
    const hive = system();
    expect([computerNameOf(hive), sanPolicyOf(hive)]).toEqual(['WEB01', SanPolicyCode.onlineAll]);
    setComputerName(hive, 'a-long-name-for-one');
    setSanPolicy(hive, SanPolicyCode.offlineAll);
    expect([computerNameOf(hive), sanPolicyOf(hive)]).toEqual(['A-LONG-NAME-FOR', 3]);
    expect(hive.key('ControlSet001\\Services\\Tcpip\\Parameters')?.getString('Hostname')).toBe(
      'a-long-name-for-one',
    );
    expect(() => setComputerName(hive, 'no name')).toThrow('is no computer name');
    expect(windowsVersionOf(createSoftwareHive()).version).toBe('6.1.7601');
    const newer = createSoftwareHive({ currentVersion: '6.3', currentBuild: '20348' });
    expect(windowsVersionOf(newer)).toMatchObject({ version: '10.0.20348', editionId: 'ServerStandard' });
    expect(windowsVersionOf(createHive('x')).version).toBeUndefined();
  });

  it('need a control set', () => {
    expect(() => currentControlSet(createHive('x'))).toThrow('so it is no SYSTEM hive');
  });
});

describe.skipIf(!haveSamples)('SYSTEM hives of real Windows', () => {
  it.each(['SYSTEM.xz', 'SYSTEM_2.xz'])('%s: rules and mounted devices go in and out unchanged', (name) => {
    const hive = sample(name);
    const policy = `${currentControlSet(hive)}\\Services\\SharedAccess\\Parameters\\FirewallPolicy`;
    const rules = firewallRules(hive);
    expect(rules.length).toBeGreaterThan(50);
    for (const { id, rule } of rules) {
      expect(formatFirewallRule(rule)).toBe(hive.key(`${policy}\\FirewallRules`)?.getString(id));
    }
    const mounted = hive.key('MountedDevices')!.values();
    for (const value of mounted) {
      expect(toHex(encodeMountedData(decodeMountedData(value.data)))).toBe(toHex(value.data));
    }
    expect(readMountedDevices(hive)).toHaveLength(mounted.length);
  });

  it('say who they are', () => {
    const hive = sample('SYSTEM.xz');
    expect([computerNameOf(hive), sanPolicyOf(hive)]).toEqual(['WKS-WIN732BITA', 1]);
    expect(findService(hive, 'MpsSvc')).toMatchObject({
      start: 2,
      type: 0x20,
      dependencies: ['mpsdrv', 'bfe'],
    });
    expect(firewallProfile(hive, 'public').enabled).toBe(true);
    const remoteDesktop = firewallRules(hive).find(({ id }) => id === 'RemoteDesktop-In-TCP')!.rule;
    expect(ruleFields(remoteDesktop, 'Profile')).toEqual(['Domain', 'Private']);
  });
});
