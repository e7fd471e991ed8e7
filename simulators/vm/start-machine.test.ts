import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MachineContext } from './machine-context';
import { processStartTime } from './session/process-identity';
import { Session } from './session/session';
import { startMachine } from './start-machine';
import { qemuAvailable } from './testing/qemu-available';
import { tinyGuestBootSector, tinyGuestMarker } from './tiny-guest/tiny-guest';

describe.skipIf(!qemuAvailable)('startMachine with the tiny guest', () => {
  let session: Session;
  let context: MachineContext;
  let disk: string;

  beforeAll(async () => {
    session = Session.start();
    context = { session, accelerator: { kind: 'tcg', reason: 'tests' } };
    disk = join(session.tempDir('disk'), 'boot.img');
    await writeFile(disk, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
  });
  afterAll(() => session.dispose());

  const machine = (name: string) => ({
    name,
    cpus: 1,
    memoryMiB: 32,
    firmware: 'bios' as const,
    disks: [
      {
        id: 'boot',
        path: disk,
        format: 'raw' as const,
        interface: 'virtio' as const,
        bootIndex: 0,
        readOnly: true,
      },
    ],
  });

  it('boots, prints on the serial port, takes keys and shows its screen', async () => {
    await using running = await startMachine(machine('tiny'), context);
    await running.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the tiny guest to start' });

    running.serial.write('c');
    const [, count] = await running.serial.waitFor(/(\d)\r\n/, { deadline: 5000, what: 'the count' });
    expect(count).toBe('1');

    running.serial.write('k');
    await running.typeText('Q');
    await running.serial.waitFor(/^Q\r$/m, { deadline: 5000, what: 'the key to be echoed' });

    const picture = join(running.directory, 'screen.png');
    await running.screenshot(picture);
    const png = PNG.sync.read(readFileSync(picture));
    expect([png.width, png.height]).toEqual([720, 400]);
    expect(running.commandLine.join(' ')).toContain(session.id);
  });

  it('resets: the guest starts over', async () => {
    await using running = await startMachine(machine('reset'), context);
    await running.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the first start' });
    await running.reset();
    await running.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the second start' });
  });

  it('says what was waited for, what was printed and where the screen is', async () => {
    await using running = await startMachine(machine('silent'), context);
    await running.serial.waitFor(tinyGuestMarker, { deadline: 20_000, what: 'the tiny guest to start' });
    const failure = await running.serial
      .waitFor('login:', { deadline: 200, what: 'the login prompt' })
      .catch((error: Error) => error);
    const picture = join(running.directory, 'silent-failure-1.png');
    expect(String(failure)).toMatch(
      /^MachineError: Machine "silent": Waited 200 ms for the login prompt: the guest did not print "login:" on its serial port\.\nLast lines of its serial port:\n/,
    );
    expect(String(failure)).toContain(`  | ${tinyGuestMarker}\nIts screen: ${picture}`);
    expect(existsSync(picture)).toBe(true);
  });

  it("quotes QEMU's own words when it does not start, and leaves nothing", async () => {
    const broken = { ...machine('broken'), disks: [{ ...machine('').disks[0]!, path: '/nowhere/disk.img' }] };
    await expect(startMachine(broken, context)).rejects.toThrow(
      /^Machine "broken": QEMU ended before it could be talked to\.\nQEMU \(pid \d+\) ended with code 1, saying: .*Could not open '\/nowhere\/disk\.img'/s,
    );
  });

  it('fails a wait at once when QEMU is killed', async () => {
    await using running = await startMachine(machine('killed'), context);
    const waiting = running.serial.waitFor('never', { deadline: 20_000, what: 'the impossible' });
    process.kill(running.pid, 'SIGKILL');
    await expect(waiting).rejects.toThrow(
      /The machine ended before the impossible: .*\nQEMU \(pid \d+\) ended with signal SIGKILL/,
    );
    expect(await running.waitForExit({ deadline: 1000 })).toEqual({ code: undefined, signal: 'SIGKILL' });
  });

  it('leaves no process and no folder after dispose', async () => {
    const running = await startMachine(machine('gone'), context);
    const { pid, directory } = running;
    await running[Symbol.asyncDispose]();
    expect(processStartTime(pid)).toBeUndefined();
    expect(existsSync(directory)).toBe(false);
  });
});
