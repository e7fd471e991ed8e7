import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { HttpResponse, http } from 'msw';
import { afterEach, expect, test } from 'vitest';
import { serveHandlers } from './serve-handlers';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) {
    await cleanUp();
  }
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'serve-handlers-'));
  cleanUps.push(() => rm(folder, { recursive: true }));
  return folder;
}

test('a handler answers over TCP, with method, body, headers and status', async () => {
  await using server = await serveHandlers(
    [
      http.post('*/echo', async ({ request }) =>
        HttpResponse.json(
          { body: await request.text(), query: new URL(request.url).searchParams.get('q') },
          { status: 201, headers: { 'x-seen': request.headers.get('x-sent') ?? '' } },
        ),
      ),
    ],
    { host: '127.0.0.1' },
  );
  const response = await fetch(`${server.url}/echo?q=1`, {
    method: 'POST',
    body: 'héllo',
    headers: { 'x-sent': 'yes' },
  });
  expect(response.status).toBe(201);
  expect(response.headers.get('x-seen')).toBe('yes');
  expect(await response.json()).toEqual({ body: 'héllo', query: '1' });
});

test('what no handler answers is 404, and a handler that throws is 500', async () => {
  await using server = await serveHandlers(
    [
      http.get('*/broken', () => {
        throw new Error('the disk is full');
      }),
    ],
    {},
  );
  expect((await fetch(`${server.url}/nowhere`)).status).toBe(404);
  const broken = await fetch(`${server.url}/broken`);
  expect(broken.status).toBe(500);
});

test('a large file is streamed over a unix socket with its Content-Length', async () => {
  const folder = await temporaryFolder();
  const file = join(folder, 'initrd');
  await writeFile(file, Buffer.alloc(5_000_000, 7));
  const path = join(folder, 'netboot.sock');
  await using _server = await serveHandlers(
    [
      http.get('*/file', async () => {
        const { size } = await stat(file);
        return new Response(Readable.toWeb(createReadStream(file)) as ReadableStream, {
          headers: { 'content-length': String(size) },
        });
      }),
    ],
    { path },
  );
  const seen = await new Promise<{ length: string | undefined; size: number }>((resolve, reject) => {
    httpRequest({ socketPath: path, path: '/file' }, (response) => {
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
      });
      response.on('end', () => resolve({ length: response.headers['content-length'], size }));
    })
      .on('error', reject)
      .end();
  });
  expect(seen).toEqual({ length: '5000000', size: 5_000_000 });
});

test('disposing closes at once, also with an open keep-alive connection and an unanswered request', async () => {
  const server = await serveHandlers([http.get('*/slow', () => new Promise<Response>(() => {}))], {});
  const asked = fetch(`${server.url}/slow`).then(
    () => 'answered',
    () => 'cut',
  );
  await fetch(`${server.url}/other`);
  await server[Symbol.asyncDispose]();
  expect(await asked).toBe('cut');
  await expect(fetch(`${server.url}/other`)).rejects.toThrow();
});

test('a taken port is told with the place and what to do', async () => {
  await using first = await serveHandlers([], {});
  await expect(serveHandlers([], { port: first.port as number })).rejects.toThrow(
    `The HTTP server could not listen on 127.0.0.1:${first.port}`,
  );
});
