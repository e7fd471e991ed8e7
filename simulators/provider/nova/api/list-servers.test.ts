import { expect, test } from 'vitest';
import { LabClock } from '../../clock';
import { seededRandom } from '../../random';
import { startNovaProvider } from '../index';
import { signIn } from '../testing/client';

test('an expression that never ends is refused in time', async () => {
  using clock = new LabClock({ frozen: true });
  await using nova = await startNovaProvider({ clock, random: seededRandom('filters') });
  await nova.adopt({ name: `${'a'.repeat(200)}!` });
  const call = await signIn(nova);
  const expression = encodeURIComponent('^(a|a)*$');
  const started = performance.now();
  const { status } = await call('GET', `/servers?name=${expression}`);
  expect(status).toBe(400);
  expect(performance.now() - started).toBeLessThan(4000);
});
