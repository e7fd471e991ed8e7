import type { LdmMember } from '../member';
import type { DiskRecord } from '../records';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

/** A run of sectors, absolute. */
export interface SectorRun {
  readonly start: number;
  readonly sizeSectors: number;
}

const FOUR_GIB = (4 * 2 ** 30) / 512;

/** 1 MiB, on disks of less than 4 GB 64 KiB, as in the samples (VDS' documented defaults). */
export function alignmentOf({ privHead }: LdmMember): number {
  const end = Math.max(
    privHead.publicStart + privHead.publicSize,
    privHead.privateStart + privHead.privateSize,
  );
  return end < FOUR_GIB ? 128 : 2048;
}

/** What no extent takes of a disk's public region, in disk order. Starts are aligned, and so are sizes. */
export function freeRuns(draft: GroupDraft, disk: DiskRecord): SectorRun[] {
  const member = draft.presentMember(disk);
  const alignment = alignmentOf(member);
  const { publicStart, publicSize } = member.privHead;
  const runs: SectorRun[] = [];
  let at = publicStart;
  const add = (to: number) => {
    const start = Math.ceil(at / alignment) * alignment;
    const sizeSectors = Math.floor((to - start) / alignment) * alignment;
    if (sizeSectors > 0) runs.push({ start, sizeSectors });
  };
  const used = draft.extentsOn(disk).sort((a, b) => a.startSector - b.startSector);
  for (const { startSector, sizeSectors } of used) {
    add(publicStart + startSector);
    at = Math.max(at, publicStart + startSector + sizeSectors);
  }
  add(publicStart + publicSize);
  return runs;
}

/** One run of this size: of the first place that holds it, as with partitions (our choice). @throws GroupChangeError */
export function takeRun(draft: GroupDraft, disk: DiskRecord, sizeSectors: number): SectorRun {
  const runs = freeRuns(draft, disk);
  const place = sizeSectors > 0 ? runs.find((run) => run.sizeSectors >= sizeSectors) : undefined;
  if (place) return { start: place.start, sizeSectors };
  const most = runs.reduce((best, run) => Math.max(best, run.sizeSectors), 0);
  throw new GroupChangeError(
    'no-space',
    `${disk.name} has no ${sizeSectors} free sectors in one piece; its largest free piece has ${most}.`,
  );
}

/** Runs that together have this size: one where one place holds all, else from the front of the disk. @throws GroupChangeError */
export function takeRuns(draft: GroupDraft, disk: DiskRecord, sizeSectors: number): SectorRun[] {
  const runs = freeRuns(draft, disk);
  const whole = runs.find((run) => run.sizeSectors >= sizeSectors);
  if (whole && sizeSectors > 0) return [{ start: whole.start, sizeSectors }];
  const taken: SectorRun[] = [];
  let left = sizeSectors;
  for (const { start, sizeSectors: size } of runs) {
    if (left === 0) break;
    taken.push({ start, sizeSectors: Math.min(size, left) });
    left -= Math.min(size, left);
  }
  if (left === 0 && taken.length > 0) return taken;
  throw new GroupChangeError(
    'no-space',
    `${disk.name} has ${sizeSectors - left} free sectors; ${sizeSectors} are needed.`,
  );
}

/** Free sectors of a disk that volumes can take, in one piece or in all. */
export function freeSectors(draft: GroupDraft, disk: DiskRecord, pieces: 'one' | 'all'): number {
  return freeRuns(draft, disk).reduce(
    (total, { sizeSectors }) => (pieces === 'all' ? total + sizeSectors : Math.max(total, sizeSectors)),
    0,
  );
}
