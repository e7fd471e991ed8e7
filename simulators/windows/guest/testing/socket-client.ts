import { connect } from 'node:net';
import { ClientFrame, encodeFrame, ServerFrame } from '../frames';

/** Speaks the shell socket's protocol as `standin-shell` does: header, input, end of input; returns what came back. */
export async function askShell(path: string, header: object, input: string | Buffer = '') {
  const socket = connect(path);
  socket.write(`${JSON.stringify(header)}\n`);
  if (input.length > 0) socket.write(encodeFrame(ClientFrame.input, Buffer.from(input)));
  socket.write(encodeFrame(ClientFrame.end, Buffer.alloc(0)));
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const seen = { output: '', errors: '', exitCode: -1 };
  for (let at = 0; at < bytes.length; ) {
    const type = bytes.readUInt8(at);
    const payload = bytes.subarray(at + 5, at + 5 + bytes.readUInt32BE(at + 1));
    if (type === ServerFrame.output) seen.output += payload.toString();
    if (type === ServerFrame.errors) seen.errors += payload.toString();
    if (type === ServerFrame.exit) seen.exitCode = payload.readUInt32BE();
    at += 5 + payload.length;
  }
  return seen;
}
