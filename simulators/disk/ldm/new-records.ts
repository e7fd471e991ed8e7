import { COMPONENT_LAYOUTS, STRIPE_SECTORS } from './layout';
import { type ComponentRecord, type ExtentRecord, OPTIONAL, type VolumeRecord } from './records';

/** What a new object has besides its id, its status and its transaction. */
type Fields<Record> = Omit<Record, 'id' | 'status' | 'transaction'>;

type ComponentLayout = keyof typeof COMPONENT_LAYOUTS;

const NTFS = 0x07;

// Values without a comment are those of the 2008 R2 samples.
export function volumeFields(volume: {
  readonly name: string;
  readonly guid: string;
  readonly sizeSectors: number;
  readonly layout: ComponentLayout;
  readonly volumeNumber: number;
  readonly componentCount: number;
  readonly mountHint: string | undefined;
}): Fields<VolumeRecord> {
  const { layout, mountHint, ...fields } = volume;
  return {
    ...fields,
    kind: 'volume',
    flags: mountHint === undefined ? 0 : OPTIONAL.volume.mountHint,
    revision: 5,
    type: layout === 'raid5' ? 'raid5' : 'gen',
    disabledDriveLetter: '',
    state: 'ACTIVE',
    readPolicy: layout === 'raid5' ? 4 : 3,
    volumeFlags: 0x11,
    secondTransaction: 0n,
    reserved: 0,
    partitionType: NTFS,
    firstOptional: undefined,
    secondOptional: undefined,
    columnSectors: undefined,
    mountHint,
  };
}

export function componentFields(component: {
  readonly name: string;
  readonly layout: ComponentLayout;
  readonly extentCount: number;
  readonly columns: number;
  readonly volumeId: number;
}): Fields<ComponentRecord> {
  const { name, layout, extentCount, columns, volumeId } = component;
  const striped = layout !== 'concatenated';
  return {
    kind: 'component',
    flags: striped ? OPTIONAL.component.stripes : 0,
    revision: 3,
    name,
    state: 'ACTIVE',
    layout: COMPONENT_LAYOUTS[layout],
    objectFlags: 0,
    extentCount,
    secondTransaction: 0n,
    volumeId,
    logId: 0,
    stripeSectors: striped ? STRIPE_SECTORS : undefined,
    columns: striped ? columns : undefined,
  };
}

export function extentFields(extent: {
  readonly name: string;
  /** From the start of the disk's public region. */
  readonly startSector: number;
  readonly columnOffset: number;
  readonly sizeSectors: number;
  readonly column: number;
  readonly componentId: number;
  readonly diskId: number;
}): Fields<ExtentRecord> {
  const { column, ...fields } = extent;
  return {
    ...fields,
    kind: 'extent',
    flags: OPTIONAL.extent.hidden | (column > 0 ? OPTIONAL.extent.column : 0),
    revision: 3,
    objectFlags: 0,
    column: column > 0 ? column : undefined,
    hidden: 0,
  };
}
