import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askMetadataService } from './metadata-service';

let server: Server;
let asked: string[];
let answers: (number | 'lost')[];
beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const status = answers.shift() ?? 404;
    // A connection that a fork has lost is never answered.
    if (status !== 'lost') response.writeHead(status, { date: 'Sun, 01 Mar 2026 12:00:00 GMT' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

let waited: number;
const ask = () => {
  waited = 0;
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  // A busy host takes longer than a tenth of a second for an answer.
  const options = { url, retryMs: 1, timeoutMs: 1000 };
  return askMetadataService(options, new AbortController().signal, async () => {
    waited += 1;
  });
};

describe('the metadata service, as a guest asks it', () => {
  it("tells the cloud's time at once", async () => {
    answers = [200];
    expect(await ask()).toEqual(new Date('2026-03-01T12:00:00Z'));
    expect([asked, waited]).toEqual([['/openstack/latest/meta_data.json'], 0]);
  });

  it('is asked again while it asks for patience, also over a connection that was lost', async () => {
    answers = [503, 503, 'lost', 200];
    expect(await ask()).toEqual(new Date('2026-03-01T12:00:00Z'));
    expect(waited).toBe(1);
    expect(asked.slice(1)).toEqual(Array(3).fill('/openstack/latest/meta_data.json?settled'));
  });

  it('may be missing: then nobody tells the time', async () => {
    answers = ['lost'];
    expect(await ask()).toBeUndefined();
    expect(asked).toHaveLength(1);
  });
});
