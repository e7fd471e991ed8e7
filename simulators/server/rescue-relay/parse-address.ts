import type { RfbAddress } from '../../vm/rfb';

/** Reads `/path/of/a/socket` or `host:port`. */
export function parseAddress(text: string): RfbAddress {
  if (text.startsWith('/')) return { path: text };
  const [, host, port] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (!host || Number(port) < 1 || Number(port) > 65_535)
    throw new Error(
      `"${text}" is no RFB address. Give a socket's absolute path or host:port, such as 127.0.0.1:5900.`,
    );
  return { host, port: Number(port) };
}
