import { createContext, Script } from 'node:vm';
import { flavorOf } from '../compute/compute';
import type { Instance } from '../compute/instance';
import { refuse } from '../compute/refusal';
import type { ComputeContext } from './call';

type Filter = (value: string, context: ComputeContext) => (instance: Instance) => boolean;

const equals =
  (field: (instance: Instance) => unknown): Filter =>
  (value) =>
  (instance) =>
    String(field(instance) ?? '') === value;

/** A regular expression that may match anywhere, as the database has it. */
const matches =
  (field: (instance: Instance) => readonly string[]): Filter =>
  (value) =>
  (instance) =>
    testWithin(value, field(instance));

const tagged =
  (fits: (tags: readonly string[], wanted: readonly string[]) => boolean): Filter =>
  (value) =>
  ({ tags }) =>
    fits(tags, value.split(','));

const every = (tags: readonly string[], wanted: readonly string[]) =>
  wanted.every((one) => tags.includes(one));
const some = (tags: readonly string[], wanted: readonly string[]) => wanted.some((one) => tags.includes(one));

const addressesOf = (version: 4 | 6) => (instance: Instance) =>
  Object.values(instance.addresses)
    .flat()
    .filter((one) => one.version === version)
    .map(({ address }) => address);

/** What each filter of a list of servers lets through. */
export const FILTERS: Readonly<Record<string, Filter>> = {
  name: matches(({ name }) => [name]),
  hostname: matches(({ hostname }) => [hostname]),
  image: equals(({ imageId }) => imageId),
  flavor:
    (value, { compute }) =>
    (instance) =>
      flavorOf(compute, instance).id === value,
  reservation_id: equals(({ reservationId }) => reservationId),
  ip: matches(addressesOf(4)),
  ip6: matches(addressesOf(6)),
  tags: tagged(every),
  'tags-any': tagged(some),
  'not-tags': tagged((tags, wanted) => !every(tags, wanted)),
  'not-tags-any': tagged((tags, wanted) => !some(tags, wanted)),
  locked: (value) => (instance) => (instance.lockedBy !== null) === /^(1|t|true|on|y|yes)$/i.test(value),
  availability_zone: equals(({ availabilityZone }) => availabilityZone),
  key_name: equals(({ keyName }) => keyName),
  config_drive: (value) => (instance) => instance.configDrive === /^(1|t|true|on|y|yes)$/i.test(value),
  power_state: equals(({ powerState }) => powerState),
  task_state: equals(({ taskState }) => taskState),
  vm_state: equals(({ vmState }) => vmState),
  user_id: equals(({ userId }) => userId),
};

/** Longer than any honest expression takes on a server's name (ms). */
const PATIENCE = 500;
const room = createContext({ expression: '', texts: [] });
const test = new Script('texts.some((text) => new RegExp(expression, "i").test(text))');

/** Tests an expression of somebody else's, which may be one that never ends. */
function testWithin(expression: string, texts: readonly string[]): boolean {
  Object.assign(room, { expression, texts: [...texts] });
  try {
    return test.runInContext(room, { timeout: PATIENCE }) === true;
  } catch (cause) {
    throw refuse.badRequest(`Invalid input for query parameters name. Value: ${expression}.`, { cause });
  }
}
