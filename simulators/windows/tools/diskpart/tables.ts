import { partitionTypeName } from '../../../disk/gpt';
import { MbrType, type TablePartition } from '../../disk-tables';
import type { DiskView, VolumeView } from '../../windows-host';

const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** `931 GB`, `7640 MB`, `1024 KB`, `0 B`: the largest unit of which there are at least ten, rounded down. */
export function diskPartSize(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (unit < units.length - 1 && value >= 10 * 1024) {
    value /= 1024;
    unit++;
  }
  return `${Math.floor(value)} ${units[unit]}`;
}

type Column = readonly [heading: string, width: number, align: 'left' | 'right' | 'centre'];

function cellText(text: string, [, width, align]: Column): string {
  const cut = text.slice(0, width);
  if (align === 'left') return cut.padEnd(width);
  if (align === 'right') return cut.padStart(width);
  return ` ${cut}`.padEnd(width);
}

function table(
  columns: readonly Column[],
  rows: readonly { readonly focus: boolean; readonly cells: readonly string[] }[],
): string {
  const line = (mark: string, cells: readonly string[]): string => `${mark} ${cells.join('  ')}`.trimEnd();
  const lines = [
    line(
      ' ',
      columns.map(([heading, width]) => heading.padEnd(width)),
    ),
    line(
      ' ',
      columns.map(([, width]) => '-'.repeat(width)),
    ),
    ...rows.map(({ focus, cells }) =>
      line(
        focus ? '*' : ' ',
        columns.map((column, index) => cellText(cells[index] ?? '', column)),
      ),
    ),
  ];
  return lines.join('\r\n');
}

// Headings and spacing as in a transcript of version 6.1.
const diskColumns: readonly Column[] = [
  ['Disk ###', 8, 'left'],
  ['Status', 13, 'left'],
  ['Size', 7, 'right'],
  ['Free', 7, 'right'],
  ['Dyn', 3, 'centre'],
  ['Gpt', 3, 'centre'],
];

/** A disk without a table is Online here: only Disk Management calls it not initialised (seen after `clean`). */
export const statusText = ({ status }: DiskView): string =>
  status === 'Not Initialized' ? 'Online' : status;

/** @param missing disks that a group lists and that are not attached: such rows were seen on real Windows */
export function diskTable(
  disks: readonly DiskView[],
  focus: number | undefined,
  missing: readonly { readonly name: string; readonly inFocus: boolean }[] = [],
): string {
  const attached = disks.map((disk) => ({
    focus: disk.number === focus,
    cells: [
      `Disk ${disk.number}`,
      statusText(disk),
      diskPartSize(disk.sizeBytes),
      diskPartSize(disk.freeBytes),
      disk.dynamic ? '*' : '',
      disk.style === 'gpt' ? '*' : '',
    ],
  }));
  const gone = missing.map(({ name, inFocus }) => ({
    focus: inFocus,
    cells: [`Disk ${name}`, 'Missing', '0 B', '0 B', '*', ''],
  }));
  return table(diskColumns, [...attached, ...gone]);
}

// Headings and spacing as in transcripts of versions 6.1 and 10.
const volumeColumns: readonly Column[] = [
  ['Volume ###', 10, 'left'],
  ['Ltr', 3, 'centre'],
  ['Label', 11, 'left'],
  ['Fs', 5, 'left'],
  ['Type', 10, 'left'],
  ['Size', 7, 'right'],
  ['Status', 9, 'left'],
  ['Info', 8, 'left'],
];

/** @param focus device path of the volume in focus */
export function volumeTable(volumes: readonly VolumeView[], focus: string | undefined): string {
  return table(
    volumeColumns,
    volumes.map((volume) => ({
      focus: volume.devicePath === focus,
      cells: [
        `Volume ${volume.number}`,
        volume.letter ?? '',
        volume.label,
        volume.fileSystem,
        volume.type,
        diskPartSize(volume.sizeBytes),
        volume.status,
        volume.info,
      ],
    })),
  );
}

// Headings and spacing as in transcripts of versions 6.0 to 10.
const partitionColumns: readonly Column[] = [
  ['Partition ###', 13, 'left'],
  ['Type', 16, 'left'],
  ['Size', 7, 'right'],
  ['Offset', 7, 'right'],
];

// Seen: Primary, Extended, Logical, OEM, Recovery. The others are general knowledge.
function typeName({ kind, type }: TablePartition): string {
  if (typeof type === 'string') return partitionTypeName(type);
  if (kind === 'extended') return 'Extended';
  if (type === MbrType.recovery) return 'Recovery';
  if (type === MbrType.oem) return 'OEM';
  if (type === MbrType.dynamic) return 'Dynamic Data';
  return kind === 'logical' ? 'Logical' : 'Primary';
}

/** @param focus first sector of the partition in focus */
export function partitionTable(partitions: readonly TablePartition[], focus: number | undefined): string {
  return table(
    partitionColumns,
    partitions.map((partition) => ({
      focus: partition.startSector === focus,
      cells: [
        `Partition ${partition.number}`,
        typeName(partition),
        diskPartSize(partition.sizeSectors * 512),
        diskPartSize(partition.startSector * 512),
      ],
    })),
  );
}
