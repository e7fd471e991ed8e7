import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HostPrograms } from '../programs/host-programs';
import { runProgram } from '../programs/run-program';
import { RdpClient } from './rdp-client';
import { VirtualDisplay } from './virtual-display';

const has = (program: string) => spawnSync('which', [program]).status === 0;
const hasClient = has('xfreerdp') && has('Xvfb');
/** The server, and ImageMagick's program to give its desktop a picture. */
const hasServer = hasClient && has('freerdp-shadow-cli') && has('display');

const PASSWORD = 'Passw0rd!';
/** MD4 of the password in UTF-16LE. */
const SAM = 'Administrator:::fc525c9683e8fe067095ba2ddc971889:::\n';

let directory: string;
let programs: HostPrograms;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'rdp-'));
  programs = new HostPrograms(directory, {}, 'test');
});
afterEach(async () => {
  await programs[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const client = (port: number, password: string) =>
  new RdpClient(programs, { host: '127.0.0.1', port, user: 'Administrator', password }, 'client');

describe.skipIf(!hasClient)('the RDP client without a server', () => {
  test('says that nothing listens', async () => {
    expect(await client(await freePort(), PASSWORD).tryLogin()).toEqual({
      outcome: 'unreachable',
      detail: 'ERRCONNECT_CONNECT_TRANSPORT_FAILED',
    });
  });

  test('gives up on a server that accepts and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => silent.once('listening', resolve));
      const { port } = silent.address() as { port: number };
      expect(await client(port, PASSWORD).tryLogin({ deadline: 1500 })).toEqual({
        outcome: 'unreachable',
        detail: 'no answer to the login in time',
      });
    } finally {
      silent.close();
    }
  });
});

describe.skipIf(!hasServer)('the RDP client and a server with network level authentication', () => {
  test('tells passwords apart and shows the desktop', async () => {
    const port = await freePort();
    const sam = join(directory, 'sam');
    writeFileSync(sam, SAM);
    await using display = await VirtualDisplay.start(programs, 'server', 640, 480);
    const wallpaper = join(directory, 'wallpaper.png');
    writeFileSync(wallpaper, colouredPng(640, 480, [0x20, 0x90, 0x40]));
    await runProgram(
      programs,
      { file: 'display', arguments: ['-window', 'root', wallpaper], environment: { DISPLAY: display.name } },
      { deadline: 20_000 },
    );
    await using _server = programs.start({
      file: 'freerdp-shadow-cli',
      arguments: [`/port:${port}`, '/bind-address:127.0.0.1', `/sam-file:${sam}`, '+auth', '/sec:nla'],
      environment: { DISPLAY: display.name, HOME: directory },
    });
    const right = client(port, PASSWORD);
    const wrong = new RdpClient(
      programs,
      { host: '127.0.0.1', port, user: 'Administrator', password: 'no' },
      'wrong',
    );
    // The server makes a key before it listens.
    await expect.poll(() => right.tryLogin(), { timeout: 20_000 }).toEqual({ outcome: 'accepted' });
    expect(await wrong.tryLogin()).toMatchObject({ outcome: 'refused' });
    await using session = await right.connect();
    await session.waitForPicture(
      ({ width, rgba }) => {
        const [red = 0, green = 0, blue = 0] = rgba.subarray((100 * width + 100) * 4);
        // The codec is lossy.
        return Math.abs(red - 0x20) < 12 && Math.abs(green - 0x90) < 12 && Math.abs(blue - 0x40) < 12;
      },
      { deadline: 20_000 },
    );
    const png = PNG.sync.read(await session.picture());
    expect([png.width, png.height]).toEqual([1024, 768]);
  }, 60_000);
});

function colouredPng(width: number, height: number, colour: readonly [number, number, number]): Buffer {
  const png = new PNG({ width, height });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([...colour, 255], at);
  return PNG.sync.write(png);
}
