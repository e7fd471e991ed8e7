import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Hive, parseHive } from '../../disk/regf';
import { computerNameOf, setComputerName } from '../../disk/registry';
import { createSystemHive } from '../../disk/sam';
import { startSystemHive } from './start-system-hive';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  // As on the volume of Windows Server 2003.
  path = join(folder, 'WINDOWS/system32/config/SYSTEM');
  await mkdir(join(folder, 'WINDOWS/system32/config'), { recursive: true });
  const system = createSystemHive({ computerName: 'web01', bootKey: new Uint8Array(16) });
  await writeFile(path, system.serialize());
});
afterEach(() => rm(folder, { recursive: true }));

const read = async (): Promise<Hive> => parseHive(new Uint8Array(await readFile(path)));
async function change(work: (system: Hive) => void): Promise<void> {
  const system = await read();
  work(system);
  await writeFile(path, system.serialize());
}

it('leaves a hive alone that is as the start wants it', async () => {
  const { mtimeNs } = await stat(path, { bigint: true });
  expect(await startSystemHive(folder, 'default')).toBe(path);
  expect((await stat(path, { bigint: true })).mtimeNs).toBe(mtimeNs);
});

it('takes the control set and its names that somebody prepared', async () => {
  await change((system) => {
    const name = system.createKey('ControlSet002\\Control\\ComputerName\\ComputerName');
    name.setString('ComputerName', 'WEB02');
    const tcpip = system.createKey('ControlSet002\\Services\\Tcpip\\Parameters');
    tcpip.setString('NV Hostname', 'web02');
    system.createKey('Select').setDword('Default', 2);
  });
  await startSystemHive(folder, 'default');
  const system = await read();
  expect(computerNameOf(system)).toBe('WEB02');
  const names = system.key('ControlSet002');
  expect(names?.key('Control\\ComputerName\\ActiveComputerName')?.getString('ComputerName')).toBe('WEB02');
  expect(names?.key('Services\\Tcpip\\Parameters')?.getString('Hostname')).toBe('web02');
  await startSystemHive(folder, 'last-known-good');
  expect(computerNameOf(await read())).toBe('WEB01');
});

it('knows a computer by its TCP/IP name where it has no other', async () => {
  await change((system) => {
    setComputerName(system, 'shop-front-server-7');
    system.createKey('ControlSet001\\Control').deleteKey('ComputerName');
  });
  expect(computerNameOf(await read())).toBe('SHOP-FRONT-SERV');
});
