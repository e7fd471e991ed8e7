import type { Writable } from 'node:stream';
import type { ByteReader } from './byte-reader';

interface ServerInit {
  readonly width: number;
  readonly height: number;
  readonly name: string;
}

const securityNone = 1;

/** RFB 3.8's opening (RFC 6143, section 7.1 to 7.3) without authentication, sharing the display. */
export async function handshake(reader: ByteReader, writer: Writable): Promise<ServerInit> {
  const version = (await reader.read(12)).toString('latin1');
  if (!/^RFB 003\.(?!00[0-7])\d{3}\n$/.test(version)) {
    throw new Error(`The server speaks ${JSON.stringify(version)}; this client needs RFB 3.8.`);
  }
  writer.write('RFB 003.008\n');
  const [count = 0] = await reader.read(1);
  if (count === 0) throw new Error(`The server refused the connection: ${await readText(reader)}`);
  const offered = await reader.read(count);
  if (!offered.includes(securityNone)) {
    throw new Error(
      `The server asks for authentication (security types ${[...offered].join(', ')}); this client speaks to servers without (type 1).`,
    );
  }
  writer.write(Buffer.of(securityNone));
  const result = (await reader.read(4)).readUInt32BE();
  if (result !== 0) throw new Error(`The server refused the connection: ${await readText(reader)}`);
  writer.write(Buffer.of(1));
  const init = await reader.read(20);
  return { width: init.readUInt16BE(0), height: init.readUInt16BE(2), name: await readText(reader) };
}

async function readText(reader: ByteReader): Promise<string> {
  const length = (await reader.read(4)).readUInt32BE();
  return (await reader.read(length)).toString('utf8');
}
