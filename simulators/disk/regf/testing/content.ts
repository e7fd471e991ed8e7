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
    values: key.values(),
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
