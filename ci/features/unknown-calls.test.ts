import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunPlace } from './testing/nested-run';

const SET_UP = join(__dirname, '../setup/main.mjs');

/** Both scenarios are satisfied with the 404 that an unknown address is answered with. */
const FEATURE = `@api
Feature: Calls of what is not there
  Rule: They prove nothing

    Example: At the ovh provider
      Given a program with the keys of an application
      When a program calls GET /1.0/dedicated/servers over plain HTTP
      Then the answer is 404

    Example: At Rackspace
      Given Nadia has a cloud server at Rackspace
      When her program asks for https://dfw.servers.api.rackspacecloud.com/v2/1/server
      Then the answer is 404
`;

test('a scenario that calls what nothing in the simulator answers fails, with the nearest route', async () => {
  using place = new RunPlace();
  const feature = join(place.folder, 'unknown.feature');
  writeFileSync(feature, FEATURE);
  const run = place.start([SET_UP, 'ci/test/main.ts', '--features-only', '--no-images', feature]);
  expect(await run.ended).toBe(1);
  expect(run.stdout).toMatch(
    /Nothing in the simulator answers GET http:\S+\/1\.0\/dedicated\/servers; the nearest route is GET \/1\.0\/dedicated\/server\./,
  );
  expect(run.stdout).toContain(
    'Nothing in the simulator answers GET https://dfw.servers.api.rackspacecloud.com/v2/1/server; ' +
      'the nearest route is GET https://dfw.servers.api.rackspacecloud.com/v2/{project}/servers.',
  );
  expect(run.stdout).toContain('0 passed, 2 failed, 0 skipped');
}, 60_000);
