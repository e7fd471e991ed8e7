import { STRIPE_SECTORS } from '../layout';
import type { DiskRecord, VolumeRecord } from '../records';
import { addComponent, addVolume, inOneColumn } from './add-objects';
import { freeSectors, takeRun, takeRuns } from './free-space';
import { GroupChangeError } from './group-change-error';
import type { GroupDraft } from './group-draft';

export interface NewVolumeRequest {
  readonly layout: 'simple' | 'striped' | 'mirror' | 'raid5';
  /** GUIDs of the group's disks. */
  readonly disks: readonly string[];
  /** What it takes of every disk (Microsoft's pages on `create volume`); as much as all have where not given. */
  readonly sizeSectors?: number | undefined;
}

/** Fewest and most disks; Windows takes at most 32. */
const DISKS = { simple: [1, 1], striped: [2, 32], mirror: [2, 2], raid5: [3, 32] } as const;

/**
 * A new volume in an existing group. A simple one may lie on several free places of its disk; the others have one piece
 * per disk (our choice). The copies of a mirror and the parity of a RAID-5 volume are made equal afterwards.
 */
export function createVolume(draft: GroupDraft, request: NewVolumeRequest): VolumeRecord {
  const { layout } = request;
  const disks = request.disks.map((guid) => draft.disk(guid));
  const [fewest, most] = DISKS[layout];
  if (disks.length < fewest || disks.length > most || new Set(disks).size < disks.length)
    throw new GroupChangeError(
      'wrong-disks',
      `A ${layout} volume needs ${fewest === most ? fewest : `${fewest} to ${most}`} different disk(s), not ${disks.length}.`,
    );
  const size = request.sizeSectors ?? largest(draft, disks, layout);
  if (layout === 'simple') return simple(draft, disks[0]!, size);
  const striped = layout === 'striped' || layout === 'raid5';
  const perDisk = striped ? Math.floor(size / STRIPE_SECTORS) * STRIPE_SECTORS : size;
  const runs = disks.map((disk) => ({ disk, run: takeRun(draft, disk, perDisk) }));
  if (striped) {
    const data = layout === 'raid5' ? disks.length - 1 : disks.length;
    const volume = addVolume(draft, { layout, sizeSectors: perDisk * data, componentCount: 1 });
    const pieces = runs.map((place, column) => ({ ...place, column, columnOffset: 0 }));
    addComponent(draft, volume, layout, pieces);
    if (layout === 'raid5') draft.markUnequal(volume);
    return volume;
  }
  const volume = addVolume(draft, { layout: 'concatenated', sizeSectors: perDisk, componentCount: 2 });
  for (const place of runs) addComponent(draft, volume, 'concatenated', inOneColumn([place]));
  draft.markUnequal(volume);
  return volume;
}

function simple(draft: GroupDraft, disk: DiskRecord, sizeSectors: number): VolumeRecord {
  const runs = takeRuns(draft, disk, sizeSectors).map((run) => ({ disk, run }));
  const volume = addVolume(draft, { layout: 'concatenated', sizeSectors, componentCount: 1 });
  addComponent(draft, volume, 'concatenated', inOneColumn(runs));
  return volume;
}

/** As much as the disk that has the least can give. */
function largest(
  draft: GroupDraft,
  disks: readonly DiskRecord[],
  layout: NewVolumeRequest['layout'],
): number {
  const pieces = layout === 'simple' ? 'all' : 'one';
  return Math.min(...disks.map((disk) => freeSectors(draft, disk, pieces)));
}
