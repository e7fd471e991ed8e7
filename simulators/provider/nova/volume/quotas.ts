import { boolFromString } from '../compute/bool-from-string';
import { Refusal } from '../compute/refusal';
import { ownVolumes, type VolumeCall } from './call';

/** Cinder's defaults; sizes in GiB, -1 is without a limit. */
const QUOTAS = {
  volumes: 10,
  snapshots: 10,
  gigabytes: 1000,
  backups: 10,
  backup_gigabytes: 1000,
  per_volume_gigabytes: -1,
  groups: 10,
} as const;

/** `GET /v3/{project}/limits`: what a project may have, and has; nobody is held to it here. */
export function showVolumeLimits(call: VolumeCall): Response {
  const { volumes, gigabytes } = usedBy(call);
  const absolute = {
    maxTotalVolumes: QUOTAS.volumes,
    maxTotalSnapshots: QUOTAS.snapshots,
    maxTotalVolumeGigabytes: QUOTAS.gigabytes,
    maxTotalBackups: QUOTAS.backups,
    maxTotalBackupGigabytes: QUOTAS.backup_gigabytes,
    totalVolumesUsed: volumes,
    totalGigabytesUsed: gigabytes,
    totalSnapshotsUsed: 0,
    totalBackupsUsed: 0,
    totalBackupGigabytesUsed: 0,
  };
  return Response.json({ limits: { rate: [], absolute } });
}

/** `GET /v3/{project}/os-quota-sets/{tenant}`, with `?usage=True` in detail. */
export function showVolumeQuotas(call: VolumeCall): Response {
  const { parameters, caller, url } = call;
  const { tenant: id } = parameters;
  if (id !== caller.projectId && !caller.isAdmin) {
    throw new Refusal(403, "Policy doesn't allow volume_extension:quotas:show to be performed.");
  }
  const used: Readonly<Record<string, number>> = usedBy(call);
  const detailed = boolFromString(url.searchParams.get('usage'));
  const shown = Object.entries(QUOTAS).map(([name, limit]) => [
    name,
    detailed ? { limit, in_use: used[name] ?? 0, reserved: 0, allocated: 0 } : limit,
  ]);
  return Response.json({ quota_set: { id, ...Object.fromEntries(shown) } });
}

function usedBy(call: VolumeCall): { volumes: number; gigabytes: number } {
  const volumes = ownVolumes(call);
  return { volumes: volumes.length, gigabytes: volumes.reduce((sum, { size }) => sum + size, 0) };
}
