import { request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** The server's time, where it tells one. */
  readonly date: Date | undefined;
}

/** One request over a connection of its own. @throws when there is no answer in time, or when aborted. */
export function askOnce(
  url: string,
  { method, timeoutMs, signal }: { method: 'GET' | 'POST'; timeoutMs: number; signal: AbortSignal },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method,
        agent: false,
        headers: { Connection: 'close', 'Content-Length': 0 },
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const date = new Date(incoming.headers.date ?? '');
          resolve({
            status: incoming.statusCode ?? 0,
            body: Buffer.concat(chunks).toString('utf8'),
            date: Number.isNaN(date.getTime()) ? undefined : date,
          });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}
