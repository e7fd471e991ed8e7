import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SerialConsole } from './serial-console';

function port() {
  const stream = new PassThrough();
  const guest = new PassThrough();
  const serial = new SerialConsole(stream, async (sentence) => new Error(sentence));
  return { serial, print: (text: string | Buffer) => stream.write(text), stream, guest };
}
const wait = (what: string, deadline = 2000) => ({ what, deadline });

describe('SerialConsole', () => {
  it('matches text that is there already, and text that comes in pieces', async () => {
    const { serial, print } = port();
    print('boot ok\r\n');
    expect((await serial.waitFor('boot ok', wait('the boot')))[0]).toBe('boot ok');
    const waiting = serial.waitFor(/lo(g)in: $/, wait('the prompt'));
    print('\r\nlog');
    print('in: ');
    expect((await waiting)[1]).toBe('g');
  });

  it('takes each text once: the next wait starts behind the last match', async () => {
    const { serial, print } = port();
    print('tick tick');
    await serial.waitFor('tick', wait('one'));
    await serial.waitFor('tick', wait('two'));
    await expect(serial.waitFor('tick', wait('a third tick', 50))).rejects.toThrow(
      'Waited 50 ms for a third tick: the guest did not print "tick" on its serial port.',
    );
  });

  it('takes a string literally', async () => {
    const { serial, print } = port();
    print('C:\\>(1+1)');
    await serial.waitFor('C:\\>(1+1)', wait('the prompt'));
    print('abc');
    await expect(serial.waitFor('a.c', wait('a dot', 50))).rejects.toThrow('did not print "a.c"');
  });

  it('puts characters together that were cut in two', async () => {
    const { serial, print } = port();
    const bytes = Buffer.from('français');
    print(bytes.subarray(0, 5));
    print(bytes.subarray(5));
    await serial.waitFor('français', wait('French'));
  });

  it('ends all waits when the machine ends, and those that come later', async () => {
    const { serial, print, stream } = port();
    print('panic');
    const waiting = serial.waitFor('login', wait('the prompt'));
    stream.destroy();
    await expect(waiting).rejects.toThrow(
      'The machine ended before the prompt: the guest had not printed "login".',
    );
    await expect(serial.waitFor('shell', wait('a shell'))).rejects.toThrow(
      'The machine ended before a shell',
    );
    await expect(serial.waitFor('panic', wait('the panic'))).resolves.toBeDefined();
  });

  it('keeps the last lines, without terminal control', async () => {
    const { serial, print } = port();
    print('\u001b[2Jone\r\ntwo\r\r\n\u001b[1;31mthree\u001b[0m\r\n');
    await serial.waitFor('three', wait('three'));
    expect(serial.lastLines(2)).toEqual(['two', 'three']);
  });

  it('keeps up with a guest that prints megabytes', async () => {
    const { serial, print } = port();
    const waiting = serial.waitFor('the end', wait('the end', 10_000));
    const line = `${'x'.repeat(1023)}\n`;
    for (let kilobytes = 0; kilobytes < 4096; kilobytes++) print(line);
    print('the end');
    await waiting;
    expect(serial.text.length).toBeLessThan(3 * 1024 * 1024);
    expect(serial.text.endsWith('the end')).toBe(true);
  });
});
