import { beforeEach, describe, expect, it } from 'vitest';
import { SerialLog } from '../server/serial-log';
import type { QemuExit, RunningMachine } from '../vm';
import { MachineWatch } from './machine-watch';

/** A machine of which only the end is of interest. */
class Mortal {
  end: (exit: QemuExit) => void = () => undefined;
  readonly serial = { text: '' };
  readonly #exit = new Promise<QemuExit>((resolve) => {
    this.end = resolve;
  });

  constructor(readonly pid: number) {}

  waitForExit(): Promise<QemuExit> {
    return this.#exit;
  }

  async failure(sentence: string): Promise<Error> {
    return new Error(`${sentence} It said: out of memory`);
  }
}

const killed: QemuExit = { code: undefined, signal: 'SIGKILL' };

describe('MachineWatch', () => {
  let present: Mortal | undefined;
  let failedBoot: Error | undefined;
  let losses: Error[];
  let switchedOff: number;
  let serial: SerialLog;
  let watch: MachineWatch;
  beforeEach(() => {
    present = undefined;
    failedBoot = undefined;
    losses = [];
    switchedOff = 0;
    serial = new SerialLog();
    watch = new MachineWatch(
      {
        options: { name: 'ns1' },
        serial,
        running: async () => {
          if (!present) throw new Error('off', { cause: failedBoot });
          // The class has private parts, which no other class can have; what the watch uses of it is all there.
          return present as unknown as RunningMachine;
        },
      },
      {
        switchedOff: async () => {
          switchedOff += 1;
        },
        lost: (error) => losses.push(error),
      },
    );
  });

  /** Puts a machine on the server's serial line that has printed this. */
  function prints(machine: Mortal, text: string): void {
    machine.serial.text = text;
    serial.attach(machine as unknown as RunningMachine);
  }

  it('reports a machine that was killed, with the last lines of the serial line', async () => {
    const machine = new Mortal(77);
    present = machine;
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\r\n`);
    prints(machine, lines.join(''));
    const following = watch.follow();
    machine.end(killed);
    await following;
    expect(losses).toHaveLength(1);
    expect(losses[0]?.message).toBe(
      [
        "The server ns1 lost its machine: QEMU (pid 77) was ended by SIGKILL, and nobody had switched the server off. If you did not end it, look at the host's kernel log (dmesg) for a lack of memory.",
        'The last lines of its serial line:',
        ...Array.from({ length: 12 }, (_, index) => `  | line ${index + 8}`),
      ].join('\n'),
    );
    expect(losses[0]?.cause).toBeUndefined();
  });

  it('says what QEMU said when it ended by itself, and that the guest printed nothing', async () => {
    const machine = new Mortal(78);
    present = machine;
    const following = watch.follow();
    machine.end({ code: 1, signal: undefined });
    await following;
    expect(losses[0]?.message).toMatch(
      /QEMU \(pid 78\) was ended with exit code 1.*\nIts serial line had shown nothing\.$/s,
    );
    expect(losses[0]?.cause).toMatchObject({ message: 'QEMU ended. It said: out of memory' });
  });

  it('takes a machine that the guest switched off for no loss', async () => {
    const machine = new Mortal(79);
    present = machine;
    const following = watch.follow();
    machine.end({ code: 0, signal: undefined });
    await following;
    expect([losses.length, switchedOff]).toEqual([0, 1]);
  });

  it('says nothing of a machine that the server ended itself', async () => {
    const machine = new Mortal(80);
    present = machine;
    const following = watch.follow();
    present = undefined;
    machine.end(killed);
    await following;
    expect([losses.length, switchedOff]).toEqual([0, 0]);
  });

  it('follows the fork that takes the place of a walked boot, and reports its loss once', async () => {
    const walker = new Mortal(81);
    const fork = new Mortal(82);
    present = walker;
    const following = watch.follow();
    await new Promise(setImmediate);
    present = fork;
    walker.end({ code: 0, signal: undefined });
    await new Promise(setImmediate);
    // Another power-on of a server that is on changes nothing.
    await watch.follow();
    fork.end(killed);
    await following;
    expect(losses.map(({ message }) => /pid \d+/.exec(message)?.[0])).toEqual(['pid 82']);
    expect(switchedOff).toBe(0);
  });

  it('reports a boot whose machine ended because it could not be saved', async () => {
    const walker = new Mortal(83);
    present = walker;
    const following = watch.follow();
    await new Promise(setImmediate);
    present = undefined;
    failedBoot = new Error('The disk is full.');
    walker.end({ code: 0, signal: undefined });
    await following;
    expect(losses).toMatchObject([{ cause: { message: 'The disk is full.' } }]);
  });

  it('ends at once where the server is off', async () => {
    await watch.follow();
    expect([losses.length, switchedOff]).toEqual([0, 0]);
  });
});
