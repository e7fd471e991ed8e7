import type { Inspection } from './inspection';

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number.isInteger(value) ? value : value.toFixed(1)} ${units[unit]}`;
}

/** The plain summary, section by section; what somebody should look at comes last. */
export function inspectionText(found: Inspection): string {
  return [
    ...section('Disks', diskLines(found)),
    ...section('Disk groups', groupLines(found)),
    ...section('Volumes', volumeLines(found)),
    ...section('Windows', windowsLines(found)),
    ...section('Boot configuration', storeLines(found)),
    ...section('At power-on', [
      `${found.boot.starts ? '✓' : '✗'} ${found.boot.firmware}: ${found.boot.outcome}`,
    ]),
    ...section(
      'To look at',
      found.problems.length === 0
        ? ['✓ Nothing was found.']
        : found.problems.map((sentence) => `✗ ${sentence}`),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`), ''];
}

function diskLines({ disks, volumes }: Inspection): string[] {
  return disks.flatMap((disk) => [
    `Disk ${disk.number}  ${disk.status}, ${sizeText(disk.sizeBytes)}, ${tableText(disk.style, disk.identity)}${disk.group === undefined ? '' : `, dynamic (${disk.group})`}`,
    `        ${disk.image} (${disk.format})`,
    ...disk.partitions.map(({ number, type, startSector, sizeSectors, active, volume }) => {
      const name = volumes.find((one) => one.number === volume)?.name;
      return `  ${number}  ${type}, ${sizeText(sizeSectors * 512)} at sector ${startSector}${active ? ', active' : ''}${name === undefined ? '' : `: ${name}`}`;
    }),
  ]);
}

function tableText(style: string, identity: string | undefined): string {
  if (style === 'raw') return 'not initialised';
  return style === 'mbr' ? `MBR, signature ${identity}` : `GPT ${identity}`;
}

function groupLines({ groups }: Inspection): string[] {
  return groups.flatMap(({ name, guid, disks, volumes, foreign }) => [
    `${name} {${guid}}`,
    ...disks.map(
      (member) => `  ${member.name}: ${member.disk === undefined ? 'missing' : `disk ${member.disk}`}`,
    ),
    ...volumes.map(
      ({ name: volume, layout, sizeBytes, dirty, behind }) =>
        `  ${volume}: ${layout}, ${sizeText(sizeBytes)}${dirty ? ', copies may differ' : ''}${behind.map((disk) => `, old copy on ${disk}`).join('')}`,
    ),
    `  ${foreign}`,
  ]);
}

function volumeLines({ volumes }: Inspection): string[] {
  return volumes.map(
    ({ name, label, fileSystem, type, status, sizeBytes, disks, dirty }) =>
      `${name}  ${fileSystem}${label === '' ? '' : ` "${label}"`}, ${sizeText(sizeBytes)}, ${type} on disk ${disks.join(' and ')}, ${status}${dirty ? ', dirty' : ''}`,
  );
}

function windowsLines({ windows }: Inspection): string[] {
  return windows.flatMap(({ volume, productName, version, computerName, sanPolicy, firewall, accounts }) => [
    `${volume}\\Windows  ${productName ?? 'product unknown'}, version ${version ?? 'unknown'}, computer ${computerName ?? 'without a name'}`,
    `  Firewall: ${
      firewall
        ? Object.entries(firewall)
            .map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
            .join(', ')
        : 'unknown'
    }`,
    `  SAN policy: ${sanPolicy ?? 'not set'}`,
    ...accounts.map(({ name, administrator, enabled, locked, hasPassword }) => {
      const facts = [
        administrator ? 'administrator' : 'user',
        enabled ? 'enabled' : 'disabled',
        ...(locked ? ['locked'] : []),
        hasPassword ? 'has a password' : 'no password',
      ];
      return `  Account ${name}: ${facts.join(', ')}`;
    }),
  ]);
}

function storeLines({ stores }: Inspection): string[] {
  return stores.flatMap(({ path, entries, damage }) => [
    path,
    ...(damage === undefined ? [] : [`  ✗ ${damage}`]),
    ...entries.flatMap(({ identifier, description, isDefault, devices }) => [
      `  ${identifier}${description === undefined ? '' : ` "${description}"`}${isDefault ? ', the default' : ''}`,
      ...devices.map(
        ({ element, text, explanation, resolved }) =>
          `    ${resolved ? '✓' : '✗'} ${element} (${text}): ${explanation}`,
      ),
    ]),
  ]);
}
