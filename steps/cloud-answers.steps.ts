import assert from 'node:assert/strict';
import { Then } from '@cucumber/cucumber';
import type { RescueWorld } from './world';

Then('the cloud answers {int}', function (this: RescueWorld, status: number) {
  const { answer } = this.cloud;
  assert.equal(answer.status, status, JSON.stringify(answer.body));
});

Then('the cloud answers {int} {string}', async function (this: RescueWorld, status: number, message: string) {
  const { answer } = this.cloud;
  const seen = { status: answer.status, message: messageOf(answer.body) };
  assert.deepEqual(seen, { status, message: await this.cloud.filledIn(message) });
});

Then(/^the cloud's answer holds (\{.*\})$/, async function (this: RescueWorld, expected: string) {
  const { body } = this.cloud.answer;
  const wanted = JSON.parse(await this.cloud.filledIn(expected)) as object;
  assert.deepEqual(partOf(body, wanted), wanted, JSON.stringify(body));
});

Then(/^the cloud's answer lists (\[.*\])$/, async function (this: RescueWorld, expected: string) {
  const { body } = this.cloud.answer;
  const list = Object.values(body as object).find(Array.isArray) as readonly { name?: string; id: string }[];
  assert.ok(list, `The answer has no list: ${JSON.stringify(body)}`);
  const wanted = JSON.parse(await this.cloud.filledIn(expected)) as string[];
  assert.deepEqual(
    list.map(({ name, id }) => (name && !wanted.includes(id) ? name : id)),
    wanted,
  );
});

Then(
  /^its header (\S+) of the cloud is like (\S.*)$/,
  async function (this: RescueWorld, name: string, pattern: string) {
    const seen = this.cloud.answer.headers?.get(name) ?? '(missing)';
    assert.match(seen, new RegExp(`^${await this.cloud.filledIn(pattern)}$`));
  },
);

/** The message of an error, in whichever shape the service gives it. */
function messageOf(body: unknown): string | undefined {
  if (typeof body === 'string') {
    return body
      .replace(/^.*<\/h1>/s, '')
      .replace(/<br \/>.*$/s, '')
      .trim();
  }
  const members = (body ?? {}) as Record<string, unknown>;
  const inner = Object.values(members).find((value) => typeof value === 'object' && value !== null);
  const message = members['message'] ?? (inner as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message.replace(/<br \/>.*$/s, '') : undefined;
}

/** What `seen` has at the places that `wanted` names; lists are compared whole. */
function partOf(seen: unknown, wanted: unknown): unknown {
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject(seen) || !isObject(wanted)) {
    return seen;
  }
  return Object.fromEntries(
    Object.entries(wanted)
      .filter(([name]) => Object.hasOwn(seen, name))
      .map(([name, value]) => [name, partOf(seen[name], value)]),
  );
}
