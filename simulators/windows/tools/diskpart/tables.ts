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

export function diskTable(disks: readonly DiskView[], focus: number | undefined): string {
  return table(
    diskColumns,
    disks.map((disk) => ({
      focus: disk.number === focus,
      cells: [
        `Disk ${disk.number}`,
        disk.status,
        diskPartSize(disk.sizeBytes),
        diskPartSize(disk.freeBytes),
        disk.dynamic ? '*' : '',
        disk.style === 'gpt' ? '*' : '',
      ],
    })),
  );
}

// General knowledge of the real table; no transcript at hand.
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

export function volumeTable(volumes: readonly VolumeView[], focus: number | undefined): string {
  return table(
    volumeColumns,
    volumes.map((volume) => ({
      focus: volume.number === focus,
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
