import {
  type BcdObject,
  elementName,
  LIBRARY_ELEMENTS as LIBRARY,
  OS_LOADER_ELEMENTS as LOADER,
} from '../../../disk/bcd';
import { randomBelow } from '../../random';
import { fieldText } from './entry-text';
import { failures } from './failure';
import { identifierTexts, resolveEntry } from './identifiers';
import { parseInteger } from './named-integers';
import type { OpenStore } from './store-file';
import { valueLines } from './values';

/** `NAME:value` parameters by name, and the element that each sets. */
type Parameters = Readonly<Record<string, number>>;

interface Settings {
  readonly entry: string;
  /** The element that holds the transport; undefined where a bare word means that nothing is set. */
  readonly transport?: number;
  /** What each transport may be told, by its word in lower case. */
  readonly kinds: Readonly<Record<string, Parameters>>;
}

const serial = { debugport: LIBRARY.debugport, baudrate: LIBRARY.baudrate };

/** Syntax of the three commands as Microsoft documents it. */
const commands = {
  dbgsettings: {
    entry: '{dbgsettings}',
    transport: LIBRARY.debugtype,
    kinds: {
      serial,
      '1394': { channel: LIBRARY.channel },
      usb: { targetname: LIBRARY.targetname },
      net: { hostip: LIBRARY.hostip, port: LIBRARY.port, key: LIBRARY.key },
      local: {},
    },
  },
  hypervisorsettings: {
    entry: '{hypervisorsettings}',
    transport: LOADER.hypervisordebugtype,
    kinds: {
      serial: { debugport: LOADER.hypervisordebugport, baudrate: LOADER.hypervisorbaudrate },
      '1394': { channel: LOADER.hypervisorchannel },
      net: { hostip: LOADER.hypervisorhostip, port: LOADER.hypervisorhostport },
    },
  },
  emssettings: {
    entry: '{emssettings}',
    kinds: { bios: {}, '': { emsport: LIBRARY.emsport, emsbaudrate: LIBRARY.emsbaudrate } },
  },
} as const satisfies Readonly<Record<string, Settings>>;

/** Baud rate of an EMS port for which none is given (documented by Microsoft). */
const EMS_BAUD_RATE = 9600;

/**
 * `/dbgsettings`, `/emssettings` and `/hypervisorsettings`: without words what is set, with words the new settings in
 * place of the old. Returns what is printed before the success.
 */
export function globalSettings(
  open: OpenStore,
  command: keyof typeof commands,
  words: readonly string[],
): string {
  const settings: Settings = commands[command];
  const entry = resolveEntry(open, settings.entry);
  if (words.length === 0) return listing(open, entry);
  const [first = ''] = words;
  const bare = settings.transport === undefined && first.includes(':');
  const kind = bare ? '' : first.toLowerCase();
  const parameters = Object.hasOwn(settings.kinds, kind) ? settings.kinds[kind] : undefined;
  if (!parameters) throw failures.commandLine(command);
  for (const known of Object.values(settings.kinds))
    for (const code of Object.values(known)) entry.delete(code);
  if (settings.transport !== undefined) setInteger(entry, settings.transport, first, command);
  const options = command === 'dbgsettings' ? withDebugOptions(entry, kind, words.slice(1)) : words.slice(1);
  for (const word of bare ? words : options) setParameter(entry, parameters, word, command);
  if (entry.get(LIBRARY.emsport) && !entry.get(LIBRARY.emsbaudrate)) {
    entry.setInteger(LIBRARY.emsbaudrate, EMS_BAUD_RATE);
  }
  return kind === 'net' && command === 'dbgsettings' ? networkKey(entry) : '';
}

/** Takes `/start policy`, `/noumex`, `nodhcp` and `newkey` off the words. */
function withDebugOptions(entry: BcdObject, kind: string, words: readonly string[]): readonly string[] {
  const rest: string[] = [];
  entry.delete(LIBRARY.debugstart);
  entry.delete(LIBRARY.noumex);
  if (kind === 'net') entry.setBoolean(LIBRARY.dhcp, true);
  for (let index = 0; index < words.length; index++) {
    const word = (words[index] ?? '').toLowerCase();
    if (word === '/start') setInteger(entry, LIBRARY.debugstart, words[++index] ?? '', 'dbgsettings');
    else if (word === '/noumex') entry.setBoolean(LIBRARY.noumex, true);
    else if (word === 'nodhcp' && kind === 'net') entry.setBoolean(LIBRARY.dhcp, false);
    else if (word !== 'newkey' || kind !== 'net') rest.push(words[index] ?? '');
  }
  return rest;
}

function setParameter(entry: BcdObject, parameters: Parameters, word: string, command: string): void {
  const [, name = '', text = ''] = /^([a-z0-9]+):(.+)$/i.exec(word) ?? [];
  const code = Object.hasOwn(parameters, name.toLowerCase()) ? parameters[name.toLowerCase()] : undefined;
  if (code === undefined) throw failures.commandLine(command);
  if (code === LIBRARY.targetname || code === LIBRARY.key) entry.setString(code, text);
  else setInteger(entry, code, text, command);
}

function setInteger(entry: BcdObject, code: number, text: string, command: string): void {
  const value = parseInteger(elementName(entry.type, code) ?? '', text);
  if (value === undefined) throw failures.commandLine(command);
  entry.setInteger(code, value);
}

/** The encryption key of a network debugger: four words of base 36, drawn where none is given; shown as `Key=`. */
function networkKey(entry: BcdObject): string {
  if (!entry.get(LIBRARY.hostip) || !entry.get(LIBRARY.port)) throw failures.commandLine('dbgsettings');
  const word = (): string => Array.from({ length: 12 }, () => randomBelow(36).toString(36)).join('');
  const key = entry.getString(LIBRARY.key) ?? [word(), word(), word(), word()].join('.');
  entry.setString(LIBRARY.key, key);
  return `Key=${key}\r\n`;
}

/** The entry's elements as `/enum` shows them, without a heading (general knowledge). */
function listing(open: OpenStore, entry: BcdObject): string {
  const { type } = entry;
  const identifier = identifierTexts(open, false);
  const lines = entry.elements().map(({ code, value }) => {
    const name = elementName(type, code) ?? `custom:${code.toString(16).padStart(8, '0')}`;
    return fieldText(name, valueLines(open, name, value, identifier));
  });
  return lines.map((line) => `${line}\r\n`).join('');
}
