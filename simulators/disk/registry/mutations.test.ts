import { expect, it } from 'vitest';
import { encodeUtf16 } from '../bytes';
import { createHive, parseHive } from '../regf';
import { tryMutations } from '../testing/mutations';
import {
  addStandardFirewall,
  computerNameOf,
  decodeMountedData,
  encodeMountedData,
  FIREWALL_PROFILES,
  firewallProfile,
  firewallRules,
  listServices,
  parseFirewallRule,
  readMountedDevices,
  sanPolicyOf,
  setComputerName,
  setMountedDevice,
  setSanPolicy,
} from '.';

it('reads or refuses every damaged SYSTEM hive', () => {
  const hive = createHive('ROOT');
  hive.createKey('Select').setDword('Current', 1);
  const service = hive.createKey('ControlSet001\\Services\\Dhcp');
  service.setDword('Type', 0x20);
  service.setStrings('DependOnService', ['NSI', 'Tdx']);
  setComputerName(hive, 'web01');
  setSanPolicy(hive, 1);
  addStandardFirewall(hive);
  setMountedDevice(hive, { letter: 'C', location: { style: 'mbr', signature: 1, offsetBytes: 0x100000 } });
  const { accepted, refused } = tryMutations([hive.serialize()], (bytes) => {
    const system = parseHive(bytes);
    computerNameOf(system);
    sanPolicyOf(system);
    listServices(system);
    readMountedDevices(system);
    for (const profile of FIREWALL_PROFILES) firewallProfile(system, profile);
    firewallRules(system);
  });
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

it('reads or refuses the data of every damaged mounted device', () => {
  const seeds = [
    encodeMountedData({ style: 'mbr', signature: 0x12345678, offsetBytes: 0x7e00 }),
    encodeMountedData({ style: 'guid', guid: '8e0f2c38-e4ea-47ba-b7fc-9d8c74dccf0b' }),
    encodeMountedData({ style: 'device', path: '\\??\\IDE#CdRom' }),
  ];
  const { accepted, refused } = tryMutations(seeds, (bytes) => decodeMountedData(bytes));
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

it('reads or refuses every damaged firewall rule', () => {
  const text = 'v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|Name=@FirewallAPI.dll,-28753|';
  const place = { key: 'FirewallRules', value: 'x' };
  const { accepted, refused } = tryMutations([encodeUtf16(text)], (bytes) =>
    parseFirewallRule(
      String.fromCharCode(...new Uint16Array(bytes.slice(0, bytes.length & ~1).buffer)),
      place,
    ),
  );
  expect(accepted).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});
