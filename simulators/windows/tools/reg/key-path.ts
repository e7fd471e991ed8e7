/** A registry key by its root and the names below it. */
export interface KeyPath {
  readonly root: RootKey;
  readonly names: readonly string[];
}

const ROOTS = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKU: 'HKEY_USERS',
  HKCC: 'HKEY_CURRENT_CONFIG',
} as const;
export type RootKey = (typeof ROOTS)[keyof typeof ROOTS];

/** Takes `HKLM\Software\x` or its long form apart; undefined for what is no key of this machine. */
export function parseKeyPath(text: string): KeyPath | undefined {
  const [first = '', ...names] = text.replace(/\\+$/, '').split('\\');
  const upper = first.toUpperCase();
  const root = Object.entries(ROOTS).find(([short, long]) => upper === short || upper === long)?.[1];
  if (root === undefined || names.some((name) => name === '' || name.length > 255)) return undefined;
  return { root, names };
}

/** With the root's long name, as reg prints it. */
export function formatKeyPath({ root, names }: KeyPath): string {
  return [root, ...names].join('\\');
}
