import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type HttpHandler, http } from 'msw';
import type { DedicatedProvider, DedicatedServer } from '../dedicated';
import { logged, Router } from '../http';
import { bootScript, downloads, type RescueFiles } from './script';

/** What one server's firmware and guests may ask the provider; see docs/architecture.md. */
export function netbootHandler(
  provider: DedicatedProvider,
  server: DedicatedServer,
  files: RescueFiles,
): HttpHandler {
  const paths = downloads(files);
  const router = new Router()
    .get('/boot.ipxe', ({ url }) => {
      const boot = provider.boots.serveScript(server);
      const text = bootScript(server, boot, files, url.origin);
      if (boot.entry.bootType === 'power') {
        // After the answer has left: the script itself may not be able to.
        setImmediate(() => void server.hardware.powerOff());
      }
      return plain(text);
    })
    .get('/files/{system}/{file}', async ({ parameters }) => {
      const path = paths.get(`${parameters['system']}/${parameters['file']}`);
      const late = provider.faults.happens('images-slow', { server: server.name })?.by;
      if (late !== undefined) {
        await provider.clock.waitUntil(provider.clock.now() + late, { signal: provider.closing });
      }
      return path === undefined ? plain('No such boot file.\n', 404) : fileOnDisk(path);
    })
    .get('/session', ({ url }) => {
      const session = provider.boots.session(server, { settled: url.searchParams.has('settled') });
      return session === undefined
        ? new Response(null, { status: 204 })
        : Response.json(session, { headers: { 'cache-control': 'no-store' } });
    })
    .post('/ready', () => {
      provider.boots.guestReady(server);
      return new Response(null, { status: 204 });
    });
  const answer = logged(
    `netboot ${server.name}`,
    (exchange) => provider.events.emit('exchange', exchange),
    async (request) => {
      const url = new URL(request.url);
      if (provider.faults.happens('netboot-down', { server: server.name })) {
        return Response.error();
      }
      const match = router.match(request.method, url.pathname);
      if (match.kind !== 'found') {
        return plain('The netboot knows /boot.ipxe, /files, /session and /ready.\n', 404);
      }
      try {
        return await match.route({ request, url, parameters: match.parameters, context: undefined });
      } catch (error) {
        return plain(`${error instanceof Error ? error.message : String(error)}\n`, 500);
      }
    },
  );
  return http.all('*', ({ request }) => answer(request));
}

function plain(text: string, status = 200): Response {
  return new Response(text, { status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
}

async function fileOnDisk(path: string): Promise<Response> {
  const { size } = await stat(path);
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
  });
}
