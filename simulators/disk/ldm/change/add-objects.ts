import { componentFields, extentFields, volumeFields } from '../new-records';
import type { ComponentRecord, DiskRecord, VolumeRecord } from '../records';
import type { SectorRun } from './free-space';
import type { GroupDraft } from './group-draft';

/** A piece of a new component. */
export interface NewPiece {
  readonly disk: DiskRecord;
  readonly run: SectorRun;
  readonly column: number;
  /** Sectors. */
  readonly columnOffset: number;
}

type Layout = Parameters<typeof componentFields>[0]['layout'];

/** A volume whose components follow. */
export function addVolume(
  draft: GroupDraft,
  volume: { readonly layout: Layout; readonly sizeSectors: number; readonly componentCount: number },
): VolumeRecord {
  const volumeNumber = draft.volumes.reduce((last, one) => Math.max(last, one.volumeNumber), 0) + 1;
  const name = draft.freeName('Volume');
  return draft.add(
    'volume',
    volumeFields({
      ...volume,
      name,
      guid: draft.newGuid().toLowerCase(),
      volumeNumber,
      mountHint: undefined,
    }),
  );
}

/** A component of the volume with its extents. `columns` counts where it is striped or RAID-5. */
export function addComponent(
  draft: GroupDraft,
  volume: VolumeRecord,
  layout: Layout,
  pieces: readonly NewPiece[],
): ComponentRecord {
  const columns = new Set(pieces.map(({ column }) => column)).size;
  const component = draft.add(
    'component',
    componentFields({
      name: draft.freeName(`${volume.name}-`, 2),
      layout,
      extentCount: pieces.length,
      columns,
      volumeId: volume.id,
    }),
  );
  for (const piece of pieces) addExtent(draft, component, piece);
  return component;
}

export function addExtent(draft: GroupDraft, component: ComponentRecord, piece: NewPiece): void {
  const { disk, run, column, columnOffset } = piece;
  draft.add(
    'extent',
    extentFields({
      name: draft.freeName(`${disk.name}-`, 2),
      startSector: run.start - draft.presentMember(disk).privHead.publicStart,
      columnOffset,
      sizeSectors: run.sizeSectors,
      column,
      componentId: component.id,
      diskId: disk.id,
    }),
  );
}

/** Runs one behind the other as the pieces of one column. */
export function inOneColumn(
  pieces: readonly { readonly disk: DiskRecord; readonly run: SectorRun }[],
  columnOffset = 0,
): NewPiece[] {
  let offset = columnOffset;
  return pieces.map(({ disk, run }) => {
    const piece = { disk, run, column: 0, columnOffset: offset };
    offset += run.sizeSectors;
    return piece;
  });
}
