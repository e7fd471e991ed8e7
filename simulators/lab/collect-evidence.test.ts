import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Evidence, SecretBook } from '../evidence';
import { DedicatedMachine, rawDisk, type ServerDisk } from '../server';
import { FakeMachines } from '../server/testing/fake-machine';
import { Session } from '../vm';
import { qemuAvailable } from '../vm/testing/qemu-available';
import { collectServerEvidence } from './collect-evidence';

describe.skipIf(!qemuAvailable)('the evidence of a server', () => {
  let folder: string;
  let session: Session;
  let machines: FakeMachines;
  let server: DedicatedMachine;
  let disks: ServerDisk[];
  let evidence: Evidence;
  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'rescue-lab-evidence-'));
    session = Session.start();
    machines = new FakeMachines();
    writeFileSync(path.join(folder, 'image'), Buffer.alloc(1024 * 1024));
    disks = [await rawDisk(folder, 'data1', path.join(folder, 'image'))];
    server = new DedicatedMachine(
      {
        name: 'ns1',
        mac: '52:54:00:cb:00:71',
        address: '127.9.8.7',
        ports: { ssh: 22, rdp: 3389, vnc: 5900 },
        memoryMiB: 32,
        disks,
        netbootSocket: '/run/netboot.sock',
        context: { session, accelerator: { kind: 'tcg', reason: 'tests' } },
        shelf: undefined,
        onEvent: () => undefined,
      },
      machines.start,
    );
    const secrets = new SecretBook();
    secrets.add('Zebra-4711');
    evidence = await Evidence.open({ runFolder: folder, slug: 'scenario', secrets });
  });
  afterEach(async () => {
    await evidence.close();
    await server[Symbol.asyncDispose]();
    await machines[Symbol.asyncDispose]();
    await session.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (name: string) => readFileSync(path.join(evidence.folder, name), 'utf8');

  it('says of a disk that is no longer there that it cannot be read', async () => {
    rmSync(disks[0]!.path);
    await collectServerEvidence(server, disks, evidence);
    expect(JSON.parse(read('disk-facts-ns1.json'))).toEqual([
      { ...disks[0], unreadable: expect.stringContaining('No such file') },
    ]);
  });

  it('is the serial log and the disks where no machine runs', async () => {
    await server.powerOn();
    await machines.last.prints('booted, password Zebra-4711\r\n');
    await server.powerOff();
    await collectServerEvidence(server, disks, evidence, async () => {
      throw new Error('There is no screen.');
    });
    expect(read('serial.log')).toMatch(/^--- ns1 ---\nbooted, password \S+\r\n/);
    expect(read('serial.log')).not.toContain('Zebra');
    expect(JSON.parse(read('disk-facts-ns1.json'))).toEqual([
      expect.objectContaining({ id: 'data1', format: 'raw', virtualSize: 1024 * 1024, backing: [] }),
    ]);
    expect(readdirSync(evidence.folder).sort()).toEqual(['disk-facts-ns1.json', 'serial.log']);
  });

  it('is also the command line and the QMP log where one runs, and its picture on request', async () => {
    await server.powerOn();
    writeFileSync(path.join(machines.last.directory, 'qmp.log'), '> {"execute":"cont","arg":"Zebra-4711"}\n');
    await collectServerEvidence(server, disks, evidence);
    expect(read('qemu.cmdline')).toContain('qemu-system-x86_64');
    expect(read('qmp-ns1.ndjson')).toContain('"execute":"cont"');
    expect(read('qmp-ns1.ndjson')).not.toContain('Zebra');

    const pictures: [string, string][] = [];
    await collectServerEvidence(server, disks, evidence, async (png, caption) => {
      pictures.push([Buffer.from(png).toString(), caption]);
    });
    expect(pictures).toEqual([['a picture', 'ns1 when the scenario failed']]);
    expect(existsSync(path.join(machines.last.directory, 'last.png'))).toBe(false);
  });

  it('has a note instead of a picture of a machine that was lost', async () => {
    await server.powerOn();
    machines.last.screenshot = async () => {
      throw new Error('QEMU is gone.');
    };
    await collectServerEvidence(server, disks, evidence, async () => undefined);
    await evidence.close();
    expect(JSON.parse(read('timeline.json'))).toEqual([
      expect.objectContaining({ event: 'no picture of ns1: QEMU is gone.' }),
    ]);
  });
});
