import { aliasOfId, type BcdObject, elementName, BcdObjectType as Type } from '../../../disk/bcd';
import type { OpenStore } from './store-file';
import { valueLines } from './values';

const headings = new Map<number, string>([
  [Type.firmwareBootManager, 'Firmware Boot Manager'],
  [Type.bootManager, 'Windows Boot Manager'],
  [Type.osLoader, 'Windows Boot Loader'],
  [Type.resume, 'Resume from Hibernate'],
  [Type.memoryTester, 'Windows Memory Tester'],
  [Type.legacyLoader, 'Windows Legacy OS Loader'],
  [Type.bootSector, 'Real-mode Boot Sector'],
  [Type.firmwareApplication, 'Firmware Application (101fffff)'],
  [Type.inheritOsLoader, 'Boot Loader Settings'],
  [Type.inheritResume, 'Resume Loader Settings'],
  [Type.deviceOptions, 'Device options'],
]);

const settingsHeadings: Readonly<Record<string, string>> = {
  '{emssettings}': 'EMS Settings',
  '{dbgsettings}': 'Debugger Settings',
  '{badmemory}': 'RAM Defects',
  '{globalsettings}': 'Global Settings',
  '{hypervisorsettings}': 'Hypervisor Settings',
  '{ramdiskoptions}': 'Setup Ramdisk Options',
};

function heading(id: string, type: number): string {
  // The last form, for types of no known name, is our choice in the manner of the firmware application's.
  return (
    settingsHeadings[aliasOfId(id) ?? ''] ??
    headings.get(type) ??
    `Unknown (${type.toString(16).padStart(8, '0')})`
  );
}

/** Names take 24 columns; the further values of a list stand below the first. */
export function fieldText(name: string, values: readonly string[]): string {
  const [first = '', ...rest] = values;
  return [`${name.padEnd(23)} ${first}`.trimEnd(), ...rest.map((value) => `${''.padEnd(24)}${value}`)].join(
    '\r\n',
  );
}

/**
 * An entry as `/enum` prints it: blank line, heading, dashes, `identifier`, then the elements in the order of their codes.
 * @param identifier how ids are shown: see `identifierTexts`
 */
export function entryText(open: OpenStore, object: BcdObject, identifier: (id: string) => string): string {
  const { id, type } = object;
  const title = heading(id, type);
  const elements = object.elements().map(({ code, value }) => {
    const name = elementName(type, code) ?? `custom:${code.toString(16).padStart(8, '0')}`;
    return fieldText(name, valueLines(open, name, value, identifier));
  });
  return [
    '',
    title,
    '-'.repeat(title.length),
    fieldText('identifier', [identifier(id)]),
    ...elements,
    '',
  ].join('\r\n');
}
