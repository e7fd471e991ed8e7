import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LabClock } from '../../clock';
import type { Instance } from '../compute/instance';
import { type MetadataService, startMetadataService } from './metadata-service';

const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
const instance = { id: '5f1b', name: 'web-01', projectId: 'p1', metadata: { role: 'web' } };

let folder: string;
let service: MetadataService;
let known: Instance | undefined;
beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'metadata-'));
  known = instance as unknown as Instance;
  service = await startMetadataService({
    clock,
    instance: () => known,
    socketPath: path.join(folder, 'sock'),
  });
});
afterEach(async () => {
  await service[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

function ask(target: string): Promise<{ status: number; date: string; body: string }> {
  return new Promise((resolve, reject) => {
    request({ socketPath: path.join(folder, 'sock'), path: target }, async (answer) => {
      let body = '';
      for await (const chunk of answer) body += chunk;
      resolve({ status: answer.statusCode ?? 0, date: answer.headers.date ?? '', body });
    })
      .on('error', reject)
      .end();
  });
}

describe('the metadata service', () => {
  it('tells an instance who it is, and never a password', async () => {
    const { status, body } = await ask('/openstack/latest/meta_data.json');
    expect(status).toBe(200);
    expect(JSON.parse(body)).toEqual({
      uuid: '5f1b',
      name: 'web-01',
      hostname: 'web-01',
      project_id: 'p1',
      launch_index: 0,
      availability_zone: 'nova',
      meta: { role: 'web' },
    });
  });

  it("has the lab's time in its Date header", async () => {
    const { date } = await ask('/openstack');
    expect(date).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
  });

  it('asks for patience while it is held, and says who asked', async () => {
    const heard: unknown[] = [];
    service.events.on('asked', (event) => heard.push(event));
    const hold = service.hold();
    expect((await ask('/openstack/latest/meta_data.json?settled')).status).toBe(503);
    hold[Symbol.dispose]();
    expect((await ask('/openstack/latest/meta_data.json')).status).toBe(200);
    expect(heard).toEqual([
      { answered: false, settled: true },
      { answered: true, settled: false },
    ]);
  });

  it('knows nothing of an instance that is not there yet, of other versions, and of other paths', async () => {
    known = undefined;
    expect((await ask('/openstack/latest/meta_data.json')).status).toBe(503);
    expect((await ask('/openstack/1999-01-01/meta_data.json')).status).toBe(404);
    expect((await ask('/session')).status).toBe(404);
  });
});
