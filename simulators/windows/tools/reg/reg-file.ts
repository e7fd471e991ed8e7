import { fromHex, readU32, sameBytes, toHex } from '../../../disk/bytes';
import {
  type HiveKey,
  type HiveValue,
  RegistryType,
  registryData,
  stringOf,
  type ValueData,
} from '../../../disk/regf';

/** What a .reg file asks for, in its order. */
export type RegFileEntry =
  | { readonly kind: 'key' | 'delete-key'; readonly key: string }
  | { readonly kind: 'value'; readonly key: string; readonly name: string; readonly value: ValueData }
  | { readonly kind: 'delete-value'; readonly key: string; readonly name: string };

const HEADER = 'Windows Registry Editor Version 5.00';
/** Longest line of an export; longer rows of bytes go on behind a backslash. */
const WIDTH = 80;

/** A file that is no registry script: its line (from 1) and why. */
export class RegFileError extends Error {
  override readonly name = 'RegFileError';

  constructor(line: number, reason: string) {
    super(`Line ${line} of the file is no part of a registry script: ${reason}.`);
  }
}

/** Text of a .reg file (version 5) with a key and all below it. @param path of the key, with the root's long name. */
export function formatRegFile(key: HiveKey, path: string): string {
  return `${HEADER}\r\n\r\n${keyText(key, path)}`;
}

function keyText(key: HiveKey, path: string): string {
  const values = key.values().map(valueText).join('');
  return `[${path}]\r\n${values}\r\n${key
    .subkeys()
    .map((child) => keyText(child, `${path}\\${child.name}`))
    .join('')}`;
}

function valueText(value: HiveValue): string {
  const { name, type, data } = value;
  const start = name === '' ? '@=' : `"${quotedText(name)}"=`;
  const text = type === RegistryType.string ? stringOf(value) : undefined;
  if (text !== undefined && !/[\0\r\n]/.test(text) && sameBytes(registryData.string(text).data, data))
    return `${start}"${quotedText(text)}"\r\n`;
  if (type === RegistryType.dword && data.length === 4)
    return `${start}dword:${readU32(data, 0).toString(16).padStart(8, '0')}\r\n`;
  const kind = type === RegistryType.binary ? 'hex:' : `hex(${type.toString(16)}):`;
  let result = '';
  let line = start + kind;
  for (const [index, byte] of [...data].entries()) {
    const part = toHex(Uint8Array.of(byte)) + (index < data.length - 1 ? ',' : '');
    if (line.length + part.length >= WIDTH - 1) {
      result += `${line}\\\r\n`;
      line = '  ';
    }
    line += part;
  }
  return `${result}${line}\r\n`;
}

function quotedText(text: string): string {
  return text.replace(/[\\"]/g, '\\$&');
}

/** Takes a .reg file of version 5 or of Windows 9x and NT 4 (REGEDIT4) apart. Throws a RegFileError. */
export function parseRegFile(text: string): RegFileEntry[] {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  if (lines[0]?.trim() !== HEADER && lines[0]?.trim() !== 'REGEDIT4')
    throw new RegFileError(1, `it is not "${HEADER}"`);
  const entries: RegFileEntry[] = [];
  let key: string | undefined;
  for (let index = 1; index < lines.length; index += 1) {
    const number = index + 1;
    let line = lines[index]!.trim();
    if (/^[^;]*=hex/i.test(line)) {
      // Bytes go on in the next line behind a backslash.
      const parts = [line];
      while (parts.at(-1)?.endsWith('\\') && index + 1 < lines.length) {
        index += 1;
        parts.push(parts.pop()!.slice(0, -1), lines[index]!.trim());
      }
      line = parts.join('');
    }
    if (line === '' || line.startsWith(';')) continue;
    const heading = /^\[(-?)(.+)\]$/.exec(line);
    if (heading) {
      key = heading[1] === '-' ? undefined : heading[2]!;
      entries.push({ kind: heading[1] === '-' ? 'delete-key' : 'key', key: heading[2]! });
      continue;
    }
    const [, quoted, data = ''] = /^(@|"(?:[^"\\]|\\.)*")\s*=\s*(.*)$/s.exec(line) ?? [];
    if (quoted === undefined) throw new RegFileError(number, 'it is neither a key in brackets nor a value');
    if (key === undefined) continue;
    const name = quoted === '@' ? '' : unquoted(quoted.slice(1, -1));
    if (data === '-') entries.push({ kind: 'delete-value', key, name });
    else entries.push({ kind: 'value', key, name, value: parseValue(data, number) });
  }
  return entries;
}

function parseValue(text: string, line: number): ValueData {
  const quoted = /^"((?:[^"\\]|\\.)*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return registryData.string(unquoted(quoted));
  const dword = /^dword:([0-9a-f]{1,8})$/i.exec(text)?.[1];
  if (dword !== undefined) return registryData.dword(Number.parseInt(dword, 16));
  const [, type, bytes] =
    /^hex(?:\(([0-9a-f]{1,8})\))?:((?:[0-9a-f]{2}(?:,[0-9a-f]{2})*)?),?$/i.exec(text) ?? [];
  if (bytes === undefined) throw new RegFileError(line, 'its data is no text, dword: or hex: row');
  const number = type === undefined ? RegistryType.binary : Number.parseInt(type, 16);
  return { type: number, data: fromHex(bytes.replaceAll(',', '')) };
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}
