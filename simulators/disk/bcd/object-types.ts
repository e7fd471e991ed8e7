/** Object types (`Description\Type`), formats.md 1.2. */
export const BcdObjectType = {
  firmwareBootManager: 0x10100001,
  bootManager: 0x10100002,
  osLoader: 0x10200003,
  resume: 0x10200004,
  memoryTester: 0x10200005,
  legacyLoader: 0x10300006,
  bootSector: 0x10400008,
  startup: 0x10400009,
  bootApplication: 0x1020000a,
  firmwareApplication: 0x101fffff,
  inheritAny: 0x20100000,
  inheritOsLoader: 0x20200003,
  inheritResume: 0x20200004,
  inheritDevice: 0x20300000,
  deviceOptions: 0x30000000,
} as const;

/** What an object's application elements (class 2) mean; the same code has another name for another application. */
export type BcdApplication =
  | 'boot manager'
  | 'OS loader'
  | 'resume'
  | 'memory tester'
  | 'legacy loader'
  | 'startup'
  | 'other';

/** Application code: bits 0-19 of an application or inherit object. */
const APPLICATIONS = new Map<number, BcdApplication>([
  [1, 'boot manager'],
  [2, 'boot manager'],
  [3, 'OS loader'],
  [4, 'resume'],
  [5, 'memory tester'],
  [6, 'legacy loader'],
  [9, 'startup'],
]);

/** Class of an object: bits 28-31 of its type. */
export function objectClass(type: number): 'application' | 'inherit' | 'device' | 'unknown' {
  const code = type >>> 28;
  if (code === 1) return 'application';
  if (code === 2) return 'inherit';
  return code === 3 ? 'device' : 'unknown';
}

/** The application whose elements an application or inherit object of this type holds. */
export function objectApplication(type: number): BcdApplication {
  const kind = objectClass(type);
  if (kind !== 'application' && kind !== 'inherit') return 'other';
  return APPLICATIONS.get(type & 0xfffff) ?? 'other';
}
