/**
 * Partition types that Windows knows (PARTITION_INFORMATION_GPT, winioctl.h and gpt.h), by the name that diskpart's
 * `list partition` has for them where it has one [General knowledge], else by the name of the SDK's constant.
 */
export const PARTITION_TYPES = {
  unused: '00000000-0000-0000-0000-000000000000',
  efiSystem: 'c12a7328-f81f-11d2-ba4b-00a0c93ec93b',
  microsoftReserved: 'e3c9e316-0b5c-4db8-817d-f92df00215ae',
  basicData: 'ebd0a0a2-b9e5-4433-87c0-68b6b72699c7',
  ldmMetadata: '5808c8aa-7e8f-42e0-85d2-e1e90434cfb3',
  ldmData: 'af9b60a0-1431-4f62-bc68-3311714a69ad',
  recovery: 'de94bba4-06d1-4d40-a16a-bfd50179d6ac',
  storageSpaces: 'e75caf8f-f680-4cee-afa3-b001e56efc2d',
  storageReplica: '558d43c5-a1ac-43c0-aac8-d1472b2923d1',
  clusterMetadata: 'db97dba9-0840-4bae-97f0-ffb9a327c7e1',
} as const;

const NAMES: Readonly<Record<string, string>> = {
  [PARTITION_TYPES.efiSystem]: 'System',
  [PARTITION_TYPES.microsoftReserved]: 'Reserved',
  [PARTITION_TYPES.basicData]: 'Primary',
  [PARTITION_TYPES.ldmMetadata]: 'Dynamic Reserved',
  [PARTITION_TYPES.ldmData]: 'Dynamic Data',
  [PARTITION_TYPES.recovery]: 'Recovery',
  [PARTITION_TYPES.storageSpaces]: 'Storage Spaces',
  [PARTITION_TYPES.storageReplica]: 'Storage Replica',
  [PARTITION_TYPES.clusterMetadata]: 'Cluster Metadata',
};

/** Windows' name of a partition type, `Unknown` for one of another system. `type` is a GUID without braces. */
export function partitionTypeName(type: string): string {
  return NAMES[type.toLowerCase()] ?? 'Unknown';
}
