import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { HttpResponse, http } from 'msw';
import { afterEach, expect, test } from 'vitest';
import { serveHandlers } from './serve-handlers';
import { createTlsIdentity } from './tls-identity';

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

test('one port answers HTTP and https, to clients that trust its certificate, and closes at once', async () => {
  const tls = await createTlsIdentity('127.0.0.1', ['eu.api.ovh.com']);
  const server = await serveHandlers([http.all('*', ({ request }) => HttpResponse.text(request.url))], {
    tls,
  });
  const { url, port } = server;
  const secure = (options: object) =>
    new Promise<string>((resolve, reject) => {
      httpsRequest({ host: '127.0.0.1', port, path: '/a?b', method: 'POST', ...options }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      })
        .on('error', (error: NodeJS.ErrnoException) => reject(error.code))
        .end('x'.repeat(100_000));
    });
  expect(await (await fetch(`${url}/a?b`)).text()).toBe(`${url}/a?b`);
  const address = `https://127.0.0.1:${port}/a?b`;
  expect(await secure({ ca: tls.certificate })).toBe(address);
  expect(await secure({ ca: tls.certificate, servername: 'eu.api.ovh.com' })).toBe(address);
  await expect(secure({ ca: tls.certificate, servername: 'example.org' })).rejects.toBe(
    'ERR_TLS_CERT_ALTNAME_INVALID',
  );
  await expect(secure({})).rejects.toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  const silent = connect(port as number, '127.0.0.1').resume();
  await new Promise((resolve) => silent.once('connect', resolve));
  const ended = new Promise((resolve) => silent.once('close', resolve));
  await server[Symbol.asyncDispose]();
  await ended;
});
