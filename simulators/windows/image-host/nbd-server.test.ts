import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasProgram } from '../../disk/testing/partition-programs';
import { NbdServer, type ServedDevice } from './nbd-server';

const SIZE = 1 << 20;

/** Bytes in memory; a read of the last sector fails, as of a disk that has gone. */
function memoryDevice(bytes: Uint8Array, writable: boolean): ServedDevice {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => {
      if (offset + length === bytes.length) throw new Error('The disk has gone.');
      return bytes.slice(offset, offset + length);
    },
    write: writable ? (offset, data) => void bytes.set(data, offset) : undefined,
  };
}

describe('the NBD server', () => {
  let folder: string;
  let bytes: Uint8Array;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nbd-'));
    bytes = Uint8Array.from({ length: SIZE }, (_, index) => (index >> 9) & 0xff);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const listen = (writable = true) => NbdServer.listen(memoryDevice(bytes, writable), join(folder, 'socket'));
  const url = () => `nbd+unix:///?socket=${join(folder, 'socket')}`;

  /** Output and exit code of a program of QEMU's. */
  async function program(name: string, ...args: string[]): Promise<{ text: string; code: number }> {
    try {
      const { stdout, stderr } = await promisify(execFile)(name, args);
      return { text: stdout + stderr, code: 0 };
    } catch (error) {
      const { stdout, stderr, code } = error as { stdout: string; stderr: string; code: number };
      return { text: stdout + stderr, code };
    }
  }
  const io = (...commands: string[]) =>
    program('qemu-io', '-f', 'raw', ...commands.flatMap((command) => ['-c', command]), url());

  describe.skipIf(!hasProgram('qemu-io'))('and qemu-img and qemu-io (package qemu-utils)', () => {
    it('agree on the size', async () => {
      await using _ = await listen();
      const { text } = await program('qemu-img', 'info', '--output=json', url());
      expect(JSON.parse(text)).toMatchObject({ 'virtual-size': SIZE });
    });

    it('agree on what is read, from one sector to many', async () => {
      await using _ = await listen();
      const { text, code } = await io('read -P 3 1536 512', 'read -P 0 0 512', 'read 0 768k');
      expect({ text, code }).toMatchObject({ code: 0, text: expect.stringContaining('read 786432/786432') });
      expect(text).not.toContain('verification failed');
      expect((await io('read -P 4 1536 512')).text).toContain('Pattern verification failed');
    });

    it('agree on what is written', async () => {
      await using _ = await listen();
      expect((await io('write -P 0xab 4096 65536', 'flush', 'read -P 0xab 4096 65536')).code).toBe(0);
      expect(bytes.slice(4096, 4096 + 65536).every((byte) => byte === 0xab)).toBe(true);
      expect([bytes[4095], bytes[4096 + 65536]]).toEqual([7, 136]);
    });

    it('refuse to write what is only read', async () => {
      const before = bytes.slice();
      await using _ = await listen(false);
      expect((await io('write -P 1 0 512')).code).not.toBe(0);
      expect((await program('qemu-io', '-r', '-f', 'raw', '-c', 'read -P 1 512 512', url())).code).toBe(0);
      expect(Buffer.compare(bytes, before)).toBe(0);
    });

    it('take a read that fails for an input/output error, and go on', async () => {
      await using _ = await listen();
      const { text } = await io(`read ${SIZE - 512} 512`, 'read -P 2 1024 512');
      expect(text).toContain('read failed: Input/output error');
      expect(text).toContain('read 512/512 bytes at offset 1024');
    });
  });

  describe('for a client that asks byte by byte', () => {
    /** Sends these bytes after the handshake and gives what comes back until `length` bytes are there, or the end. */
    function talk(request: Buffer, length: number, flags = 3): Promise<Buffer> {
      return new Promise((resolve, reject) => {
        const socket = connect(join(folder, 'socket'));
        let seen = Buffer.alloc(0);
        const done = () => {
          socket.destroy();
          resolve(seen);
        };
        socket.on('error', reject).on('close', done);
        socket.on('data', (chunk: Buffer) => {
          seen = Buffer.concat([seen, chunk]);
          if (seen.length >= length) done();
        });
        const client = Buffer.alloc(4);
        client.writeUInt32BE(flags);
        socket.write(Buffer.concat([client, request]));
      });
    }
    const option = (number: number, data = Buffer.alloc(0)) => {
      const header = Buffer.alloc(16);
      header.write('IHAVEOPT', 0, 'latin1');
      header.writeUInt32BE(number, 8);
      header.writeUInt32BE(data.length, 12);
      return Buffer.concat([header, data]);
    };
    const request = (command: number, offset: bigint, length: number) => {
      const header = Buffer.alloc(28);
      header.writeUInt32BE(0x25609513, 0);
      header.writeUInt16BE(command, 6);
      header.write('cookie!!', 8, 'latin1');
      header.writeBigUInt64BE(offset, 16);
      header.writeUInt32BE(length, 24);
      return header;
    };
    const GREETING = 18;
    const EXPORT = 10;
    /** Error numbers of the replies to these requests, after an export by name. */
    const errorsOf = async (...requests: Buffer[]) => {
      const wanted = GREETING + EXPORT + requests.length * 16;
      const answer = await talk(Buffer.concat([option(1, Buffer.from('disk')), ...requests]), wanted);
      return requests.map((_, index) => answer.readUInt32BE(GREETING + EXPORT + index * 16 + 4));
    };

    it('greets, and tells size and flags by name', async () => {
      await using _ = await listen();
      const answer = await talk(option(1), GREETING + EXPORT);
      expect(answer.toString('latin1', 0, 16)).toBe('NBDMAGICIHAVEOPT');
      expect([answer.readBigUInt64BE(GREETING), answer.readUInt16BE(GREETING + 8)]).toEqual([
        BigInt(SIZE),
        0b101,
      ]);
    });

    it('pads the answer for a client that does not know better', async () => {
      await using _ = await listen();
      expect(await talk(option(1), GREETING + EXPORT + 124, 1)).toHaveLength(GREETING + EXPORT + 124);
    });

    it('says that an option is not known, and takes the next one', async () => {
      await using _ = await listen();
      const answer = await talk(Buffer.concat([option(99), option(2)]), GREETING + 40);
      expect([answer.readUInt32BE(GREETING + 12), answer.readUInt32BE(GREETING + 32)]).toEqual([
        0x80000001, 1,
      ]);
    });

    it('refuses reads beyond the end, unknown commands, and what lies too far for a number', async () => {
      await using _ = await listen();
      const EINVAL = 22;
      expect(
        await errorsOf(
          request(0, BigInt(SIZE), 512),
          request(0, 2n ** 63n, 512),
          request(0, BigInt(SIZE) - 512n, 1024),
          request(4, 0n, 512),
          request(3, 0n, 0),
        ),
      ).toEqual([EINVAL, EINVAL, EINVAL, EINVAL, 0]);
    });

    it('refuses to write where the device is only read', async () => {
      await using _ = await listen(false);
      const write = Buffer.concat([request(1, 0n, 512), Buffer.alloc(512, 1)]);
      const before = bytes.slice();
      const [error] = await errorsOf(write);
      expect(error).toBeGreaterThan(0);
      expect(Buffer.compare(bytes, before)).toBe(0);
    });

    it('hangs up on nonsense', async () => {
      await using _ = await listen();
      expect(await talk(Buffer.alloc(64, 0x41), 1000)).toHaveLength(GREETING);
      expect(await talk(Buffer.concat([option(1), Buffer.alloc(28, 0x41)]), 1000)).toHaveLength(
        GREETING + EXPORT,
      );
    });

    it.each([
      ['an option', Buffer.concat([option(7).subarray(0, 12), Buffer.from([0xff, 0xff, 0xff, 0xff])])],
      ['a write', Buffer.concat([option(1), request(1, 0n, 0xffff_fff0)])],
    ])('hangs up on %s that is too long to be meant', async (_, bytesSent) => {
      await using _server = await listen();
      // It does not wait for gigabytes.
      expect((await talk(bytesSent, 1000)).length).toBeLessThanOrEqual(GREETING + EXPORT);
    });
  });

  it('ends with clients connected, and removes its socket', async () => {
    const server = await listen();
    const socket = connect(join(folder, 'socket'));
    const closed = new Promise((resolve) => socket.on('close', resolve).on('error', resolve));
    await new Promise((resolve) => socket.once('data', resolve));
    await server[Symbol.asyncDispose]();
    await closed;
    await expect(listen().then((again) => again[Symbol.asyncDispose]())).resolves.toBeUndefined();
  });

  it('says where it cannot listen', async () => {
    await expect(NbdServer.listen(memoryDevice(bytes, true), join(folder, 'no/socket'))).rejects.toThrow(
      /ENOENT|EACCES/,
    );
  });
});
