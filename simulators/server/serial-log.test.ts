import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { SerialConsole } from '../vm/serial-console';
import { SerialLog } from './serial-log';

/** A machine's serial line that the test prints on. */
function machine() {
  const line = new PassThrough();
  const serial = new SerialConsole(line, async (sentence) => new Error(sentence));
  const prints = async (text: string) => {
    line.write(text);
    await new Promise(setImmediate);
  };
  return { serial, prints, ends: () => line.destroy() };
}

const soon = { what: 'the login', deadline: 5000 };

describe('SerialLog', () => {
  it('keeps the text over all boots, without terminal control sequences', async () => {
    const log = new SerialLog();
    expect(log.text).toBe('');
    const first = machine();
    log.attach(first);
    await first.prints('\x1b[2J\x1b[1mBooting\x1b[0m from disk\r\n');
    log.detach();
    first.ends();
    expect(log.text).toBe('Booting from disk\r\n');
    const second = machine();
    log.attach(second);
    await second.prints('Again\r\n');
    expect(log.text).toBe('Booting from disk\r\nAgain\r\n');
  });

  it('puts what a saved boot had printed before the text of its fork', async () => {
    const log = new SerialLog();
    const fork = machine();
    log.attach(fork, 'walked here\r\n');
    await fork.prints('went on\r\n');
    expect(log.text).toBe('walked here\r\nwent on\r\n');
  });

  it('finds text that is there already, and text that comes later, in pieces', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    await prints('login: ');
    expect(await log.waitFor(/login:/, soon)).toBe('login:');
    const wait = log.waitFor(/pass\w+:/, soon);
    await prints('pass');
    await prints('word');
    await prints(': ');
    expect(await wait).toBe('password:');
  });

  it('waits from a mark on: what was printed before it does not count', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    await prints('boot 1 ready\r\n');
    const since = log.mark();
    let found: string | undefined;
    const wait = log.waitFor(/boot \d ready/, { ...soon, since }).then((text) => {
      found = text;
    });
    await prints('something else\r\n');
    expect(found).toBeUndefined();
    await prints('boot 2 ready\r\n');
    await wait;
    expect(found).toBe('boot 2 ready');
  });

  it('finds text that control sequences cut into pieces', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    const wait = log.waitFor(/BOOTMGR is missing/, soon);
    await prints('\x1b[5;1HBOOTMGR \x1b[1mis\x1b[0m missing');
    expect(await wait).toBe('BOOTMGR is missing');
  });

  it('goes on waiting when the machine ends and another takes its place', async () => {
    const log = new SerialLog();
    const first = machine();
    log.attach(first);
    const wait = log.waitFor(/second boot/, soon);
    await first.prints('first boot\r\n');
    first.ends();
    await new Promise(setImmediate);
    log.detach();
    const second = machine();
    log.attach(second);
    await second.prints('second boot\r\n');
    expect(await wait).toBe('second boot');
  });

  it('waits for a machine that is not there yet', async () => {
    const log = new SerialLog();
    const wait = log.waitFor(/hello/, soon);
    const { prints, ...line } = machine();
    log.attach(line);
    await prints('hello');
    expect(await wait).toBe('hello');
  });

  it('serves several that wait at once', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    const waits = Promise.all([
      log.waitFor(/one/, soon),
      log.waitFor(/two/, soon),
      log.waitFor(/e\r\nt/, soon),
    ]);
    await prints('one\r\n');
    await prints('two\r\n');
    expect(await waits).toEqual(['one', 'two', 'e\r\nt']);
  });

  it('says after the deadline what was waited for and the last lines that were seen', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    await prints(Array.from({ length: 20 }, (_, index) => `line ${index + 1}`).join('\r\n'));
    const failure = await log
      .waitFor(/login:/, { what: 'the login prompt', deadline: 50 })
      .catch((error: Error) => error);
    const lines = Array.from({ length: 12 }, (_, index) => `  line ${index + 9}`).join('\n');
    expect(failure).toMatchObject({
      message: `Waited 0.05 s for the login prompt: the serial line did not show /login:/. Its last lines:\n${lines}`,
      cause: { name: 'AbortError' },
    });
  });

  it('keeps to the deadline while the guest goes on printing other things', async () => {
    const log = new SerialLog();
    const { prints, ...line } = machine();
    log.attach(line);
    let over = false;
    const wait = log.waitFor(/login:/, { what: 'the login', deadline: 100 }).catch((error: Error) => {
      over = true;
      return error;
    });
    while (!over) await prints('.');
    expect(String(await wait)).toContain('Waited 0.1 s for the login');
  });
});
