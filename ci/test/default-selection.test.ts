import { expect, it } from 'vitest';
import { defaultSelection } from './default-selection';

it.each([[[]], [['--parallel', '2']], [['--retry=2']]])('leaves the long set out of %j', (argv) => {
  expect(defaultSelection(argv)).toEqual([...argv, '--tags', 'not @long']);
});

it.each([
  [['--tags', '@long']],
  [['--tags=@bcd']],
  [['-t', '@ovh']],
  [['--name', 'a repair']],
  [['-p', 'journey']],
  [['features/boot-repair/repairs.feature:12']],
  [['features/guides/']],
])('adds nothing to what chooses by itself: %j', (argv) => {
  expect(defaultSelection(argv)).toEqual(argv);
});
