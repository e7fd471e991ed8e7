import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Session } from './session/session';
import { startMachine } from './start-machine';
import { qemuAvailable } from './testing/qemu-available';
import { tinyGuestBootSector, tinyGuestMarker } from './tiny-guest/tiny-guest';

const ipxe = existsSync('/usr/lib/ipxe/qemu/pxe-virtio.rom');
const socat = spawnSync('socat', ['-V']).status === 0;

describe.skipIf(!qemuAvailable || !ipxe || !socat)('the network card', () => {
  it('fetches its boot script through a guest forward, and goes on to the disk', async () => {
    await using session = Session.start();
    const folder = session.tempDir('netboot');
    const path = join(folder, 'boot.img');
    await writeFile(path, Buffer.concat([tinyGuestBootSector(), Buffer.alloc(1024 * 1024)]));
    const requests: string[] = [];
    const server = createServer((request, response) => {
      requests.push(`${request.method} ${request.url}`);
      response.end('#!ipxe\nsanboot --no-describe --drive 0x80\n');
    });
    const unixSocket = join(folder, 'provider.sock');
    await new Promise<void>((resolve) => server.listen(unixSocket, resolve));
    session.addCleanup('the boot server', () => void server.close());

    await using machine = await startMachine(
      {
        name: 'netboot',
        cpus: 1,
        memoryMiB: 256,
        firmware: 'bios',
        disks: [{ id: 'boot', path, format: 'raw', interface: 'virtio', bootIndex: 1 }],
        nic: {
          mac: '52:54:00:12:34:56',
          bootIndex: 0,
          bootFile: 'http://10.0.2.4/boot/server-1',
          guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket }],
        },
      },
      { session, accelerator: { kind: 'tcg', reason: 'tests' } },
    );
    await machine.serial.waitFor(tinyGuestMarker, { deadline: 60_000, what: 'the disk to be booted' });
    expect(requests).toEqual(['GET /boot/server-1']);
  }, 90_000);
});
