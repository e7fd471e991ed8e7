import type { Inspection } from './inspection';

/** What somebody should look at, the boot first. */
export function findProblems({
  boot,
  disks,
  groups,
  volumes,
  windows,
  stores,
}: Omit<Inspection, 'problems'>): string[] {
  const problems: string[] = [];
  if (!boot.starts) problems.push(boot.outcome);
  for (const { number, status, damage } of disks) {
    if (status !== 'Online') problems.push(`Disk ${number} is ${status}.`);
    for (const sentence of damage) problems.push(`Disk ${number}: ${sentence}`);
  }
  for (const { name, disks: members, volumes: made } of groups) {
    for (const member of members)
      if (member.disk === undefined) problems.push(`${member.name} of the disk group ${name} is missing.`);
    for (const volume of made) {
      if (volume.dirty)
        problems.push(
          `The copies of ${volume.name} (${name}) may differ: it was being written when the machine stopped.`,
        );
      for (const disk of volume.behind)
        problems.push(
          `${disk} has an old copy of ${volume.name} (${name}): it was away while the volume went on.`,
        );
    }
  }
  for (const { name, status, dirty, damage } of volumes) {
    if (status !== 'Healthy') problems.push(`Volume ${name} is ${status}.`);
    if (dirty) problems.push(`Volume ${name} is marked dirty: Windows checks it at its next start.`);
    if (damage !== undefined) problems.push(`Volume ${name}: ${damage}`);
  }
  for (const { path, entries, damage } of stores) {
    if (damage !== undefined) problems.push(`${path}: ${damage}`);
    for (const { identifier, devices } of entries)
      for (const { element, explanation, resolved } of devices)
        if (!resolved)
          problems.push(`${path}: the ${element} of ${identifier} points nowhere: ${explanation}.`);
  }
  for (const { volume, damage } of windows)
    for (const sentence of damage) problems.push(`Windows on ${volume}: ${sentence}`);
  return problems;
}
