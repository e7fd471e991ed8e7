import { expect, test } from 'vitest';
import { Router } from './router';

const answer = (text: string) => () => new Response(text);

const router = new Router()
  .get('/server/{name}', answer('server'))
  .get('/server/{name}/task/{id}', answer('task'))
  .post('/server/{name}/task', answer('new task'))
  .get('/server/all/summary', answer('summary'));

async function ask(method: string, path: string) {
  const match = router.match(method, path);
  return match.kind === 'found' ? { ...match.parameters, pattern: match.pattern } : match;
}

test('placeholders are decoded', async () => {
  expect(await ask('GET', '/server/ns1%2Feu/task/7')).toEqual({
    name: 'ns1/eu',
    id: '7',
    pattern: '/server/{name}/task/{id}',
  });
});

test('a fixed segment wins, and leaves a way back to the placeholder', async () => {
  expect(await ask('GET', '/server/all/summary')).toEqual({ pattern: '/server/all/summary' });
  expect(await ask('GET', '/server/all/task/1')).toMatchObject({ name: 'all', id: '1' });
  expect(await ask('GET', '/server/all')).toMatchObject({ name: 'all' });
});

test('an unknown path, another method and broken percent-encoding are told apart', async () => {
  expect(await ask('GET', '/nothing')).toEqual({ kind: 'unknown' });
  expect(await ask('GET', '/server')).toEqual({ kind: 'unknown' });
  expect(await ask('GET', '/server/%E0%A4%A')).toEqual({ kind: 'unknown' });
  expect(await ask('DELETE', '/server/a/task')).toEqual({ kind: 'other methods', allowed: ['POST'] });
});

test('HEAD is answered by GET', async () => {
  expect(await ask('HEAD', '/server/a')).toMatchObject({ name: 'a' });
});

test('a route is declared once', () => {
  expect(() => new Router().get('/a', answer('1')).get('/a/', answer('2'))).toThrow('declared twice');
});
