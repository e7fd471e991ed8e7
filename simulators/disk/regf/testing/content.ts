import type { HiveKey } from '..';

/** Everything that writing and reading a key has to keep, in a shape that tests can compare. */
export function contentOf(key: HiveKey): unknown {
  const { name, className, lastWritten, flags, marks, securityDescriptor } = key;
  return {
    name,
    className,
    lastWritten,
    flags,
    marks,
    securityDescriptor,
    values: key.values().map(({ name, type, data }) => ({ name, type, data })),
    subkeys: key.subkeys().map(contentOf),
  };
}

/** The same as one text, which compares fast. */
export function textOf(key: HiveKey): string {
  return JSON.stringify(contentOf(key), (_name, value: unknown) => {
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    return typeof value === 'bigint' ? `${value}` : value;
  });
}

/** Path of the first key in which two trees differ, whatever of it; undefined where they are the same. */
export function firstDifference(left: HiveKey, right: HiveKey): string | undefined {
  const sameBytes = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
  const values = right.values();
  const same =
    left.name === right.name &&
    left.className === right.className &&
    left.lastWritten === right.lastWritten &&
    left.flags === right.flags &&
    JSON.stringify(left.marks) === JSON.stringify(right.marks) &&
    sameBytes(left.securityDescriptor, right.securityDescriptor) &&
    left.values().length === values.length &&
    left.values().every(({ name, type, data }, index) => {
      const other = values[index]!;
      return name === other.name && type === other.type && sameBytes(data, other.data);
    });
  const subkeys = right.subkeys();
  if (!same || left.subkeys().length !== subkeys.length) return `\\${left.path}`;
  for (const [index, child] of left.subkeys().entries()) {
    const difference = firstDifference(child, subkeys[index]!);
    if (difference !== undefined) return difference;
  }
  return undefined;
}
