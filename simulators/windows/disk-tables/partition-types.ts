/** Partition types that Windows treats in ways of their own: MBR system indicators and GPT type GUIDs. */
export const PartitionType = {
  ntfs: 0x07,
  extended: 0x05,
  extendedLba: 0x0f,
  recovery: 0x27,
  dynamic: 0x42,
  protective: 0xee,
  basicData: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
  efiSystem: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
  microsoftReserved: 'e3c9e316-0b5c-4db8-817d-f92df00215ae',
  gptRecovery: 'de94bba4-06d1-4d40-a16a-bfd50179d6ac',
  ldmMetadata: '5808c8aa-7e8f-42e0-85d2-e1e90434cfb3',
  ldmData: 'af9b60a0-1431-4f62-bc68-3311714a69ad',
} as const;

/** Bits of a GPT entry's attributes: the first is the specification's, the others are Microsoft's for basic data. */
export const GptAttribute = {
  required: 1n,
  readOnly: 1n << 60n,
  shadowCopy: 1n << 61n,
  hidden: 1n << 62n,
  noDriveLetter: 1n << 63n,
} as const;

const VOLUME_TYPES: ReadonlySet<number | string> = new Set([
  ...[0x01, 0x04, 0x06, 0x07, 0x0b, 0x0c, 0x0e, PartitionType.recovery],
  PartitionType.basicData,
  PartitionType.efiSystem,
  PartitionType.gptRecovery,
]);

/** True for the types whose partitions are basic volumes. */
export function isVolumeType(type: number | string): boolean {
  return VOLUME_TYPES.has(type);
}

export function isExtended(type: number | string): boolean {
  return type === PartitionType.extended || type === PartitionType.extendedLba;
}

/** Volumes that Windows shows as hidden and gives no letter of its own accord. */
export function isHiddenType(type: number | string): boolean {
  return (
    type === PartitionType.efiSystem || type === PartitionType.gptRecovery || type === PartitionType.recovery
  );
}

/** Types that `delete partition` touches with `override` only. */
export function isProtectedType(type: number | string): boolean {
  return typeof type === 'string' ? type !== PartitionType.basicData : type === 0x12 || type === 0x27;
}
