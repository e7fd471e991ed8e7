import { getResponse } from 'msw';
import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { seededRandom } from '../random';
import { SecretText } from '../secret-text';
import { type SecretOptions, SecretStore, secretPage } from '.';

const DAY = 24 * 3_600_000;

function open(options: Partial<SecretOptions> = {}) {
  const clock = new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });
  const store = new SecretStore({ clock, random: seededRandom('secrets'), options });
  const page = secretPage(store, () => {});
  const visit = async (id: string) => {
    const response = await getResponse([page], new Request(`http://127.0.0.1/secret?id=${id}`));
    return { status: response?.status, text: (await response?.text()) ?? '' };
  };
  return { clock, store, visit };
}

test('the id is UUID-shaped and tells nothing about the secret', () => {
  const { store } = open();
  const id = store.create(new SecretText('s3cret'));
  expect(id).toMatch(/^[a-z0-9]{8}(-[a-z0-9]{4}){3}-[a-z0-9]{12}$/);
  expect(store.create(new SecretText('s3cret'))).not.toBe(id);
});

test('by default a secret can be read until it expires, a week later', async () => {
  const { clock, store, visit } = open();
  const id = store.create(new SecretText('<s3cret>'));
  for (const _visit of [1, 2]) {
    expect(await visit(id)).toMatchObject({
      status: 200,
      text: expect.stringContaining('<code id="secret">&lt;s3cret&gt;</code>'),
    });
  }
  expect((await visit(id)).text).toContain('until <time>2026-03-08 12:00:00 UTC</time>');
  await clock.advance(7 * DAY - 1);
  expect((await visit(id)).status).toBe(200);
  await clock.advance(1);
  expect(await visit(id)).toMatchObject({ status: 410, text: expect.stringContaining('has expired') });
});

test('a secret that can be read once is gone the second time', async () => {
  const { store, visit } = open({ readable: 'once' });
  const id = store.create(new SecretText('s3cret'));
  const { text } = await visit(id);
  expect(text).toContain('s3cret');
  expect(text).toContain('shown this once');
  expect(text).not.toContain('until');
  const again = await visit(id);
  expect(again).toMatchObject({ status: 410, text: expect.stringContaining('it has been read') });
  expect(again.text).not.toContain('s3cret');
});

test('an unknown id is told apart', async () => {
  const { visit } = open();
  expect(await visit('nobody')).toMatchObject({
    status: 404,
    text: expect.stringContaining('no secret with this identifier'),
  });
});
