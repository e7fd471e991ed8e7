import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { HostPrograms } from '../programs/host-programs';
import { openBrowser } from './open-browser';

describe.skipIf(!existsSync('/usr/bin/chromium'))('the browser', () => {
  test('opens a page of a local server', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.setHeader('content-type', 'text/html').end('<title>Panel</title><h1>Your server</h1>');
    }).listen(0, '127.0.0.1');
    const directory = mkdtempSync(join(tmpdir(), 'browser-'));
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const programs = new HostPrograms(directory, {}, 'test');
      await using opened = await openBrowser(programs, 'profile');
      expect(opened.browser.contexts().flatMap((context) => context.pages())).toEqual([]);
      const page = await opened.browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/panel`);
      expect(await page.getByRole('heading').textContent()).toBe('Your server');
      expect(asked[0]).toBe('/panel');
    } finally {
      server.closeAllConnections();
      server.close();
      rmSync(directory, { recursive: true });
    }
  }, 60_000);
});
