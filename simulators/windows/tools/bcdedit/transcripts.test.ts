import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BcdObjectType, BcdStore, elementCode } from '../../../disk/bcd';
import { RescueMachine } from '../testing/rescue-machine';

const shared = process.env['RESCUE_LAB_SHARED'] ?? resolve(__dirname, '../../../../../shared');
const guide = resolve(shared, 'guides/rackspace/rescue-mode-on-windows-cloud-servers-behaviors.md');
const sample = resolve(shared, 'samples/bcd/BCD.win10-uefi-gpt.regipy');

const types: Readonly<Record<string, number>> = {
  'Windows Boot Manager': BcdObjectType.bootManager,
  'Windows Boot Loader': BcdObjectType.osLoader,
};

/** The listing that follows `bcdedit /store <letter>:` in the guide, without its indentation. */
function listing(letter: string): readonly string[] {
  const lines = readFileSync(guide, 'utf8').split('\n');
  const start = lines.findIndex((line) => line.endsWith(`>bcdedit /store ${letter}:\\boot\\bcd`)) + 1;
  const end = lines.findIndex((line, index) => index > start && /^\S/.test(line));
  return lines.slice(start, end).map((line) => line.slice(4).trimEnd());
}

interface Entry {
  readonly heading: string;
  readonly fields: readonly (readonly [name: string, value: string])[];
}

function entries(lines: readonly string[]): readonly Entry[] {
  return lines.flatMap((line, index) => {
    if (!/^-+$/.test(line)) return [];
    const rest = lines.slice(index + 1);
    const end = rest.indexOf('');
    const fields = rest
      .slice(0, end < 0 ? rest.length : end)
      .map((field) => [field.slice(0, 24).trim(), field.slice(24)] as const);
    return [{ heading: lines[index - 1] ?? '', fields }];
  });
}

let machine: RescueMachine;
beforeEach(async () => {
  machine = await RescueMachine.start();
});
afterEach(() => machine[Symbol.asyncDispose]());

describe.skipIf(!existsSync(guide))('a listing of real Windows', () => {
  // Windows Server 2008 SP2, then 2008 R2. The store is rebuilt with bcdedit's own commands and must list the same.
  it.each(['d', 'e'])('from %s: comes out the same', async (letter) => {
    const wanted = listing(letter);
    const store = BcdStore.create();
    for (const { heading, fields } of entries(wanted)) {
      const id = fields.find(([name]) => name === 'identifier')?.[1] ?? '';
      store.createObject(id, types[heading] ?? 0);
    }
    await machine.put('d/Boot/BCD', store);
    for (const { fields } of entries(wanted)) {
      const [[, id = ''] = ['', '']] = fields;
      for (const [name, value] of fields.slice(1)) {
        const { errors } = await machine.run(`bcdedit /store d:\\boot\\bcd /set ${id} ${name} "${value}"`);
        expect(errors).toBe('');
      }
    }
    const { output } = await machine.run('bcdedit /store d:\\boot\\bcd');
    // The blank lines around the listing are the guide's own.
    expect(output.split('\r\n').join('\n').trim()).toBe(inCodeOrder(wanted).join('\n').trim());
  });
});

/** The 2008 R2 listing of the guide names `resumeobject` and `recoverysequence` in the same order as the codes do. */
function inCodeOrder(lines: readonly string[]): readonly string[] {
  for (const { heading, fields } of entries(lines)) {
    const codes = fields.slice(1).map(([name]) => elementCode(types[heading] ?? 0, name) ?? 0);
    expect(codes).toEqual([...codes].sort((a, b) => a - b));
  }
  return lines;
}

describe.skipIf(!existsSync(sample))('a store made by Windows 10', () => {
  it('is listed whole, quickly, and survives a change', async () => {
    await machine.put('d/Boot/BCD', new Uint8Array(readFileSync(sample)));
    const { output } = await machine.run('bcdedit /store d:\\boot\\bcd /enum all');
    const lines = output.split('\r\n');
    expect(lines.filter((_, index) => /^-+$/.test(lines[index + 1] ?? ''))).toEqual([
      'Firmware Boot Manager',
      'Windows Boot Manager',
      'Firmware Application (101fffff)',
      'Firmware Application (101fffff)',
      'Firmware Application (101fffff)',
      'Windows Boot Loader',
      'Windows Boot Loader',
      'Resume from Hibernate',
      'Windows Memory Tester',
      'EMS Settings',
      'Debugger Settings',
      'RAM Defects',
      'Global Settings',
      'Boot Loader Settings',
      'Hypervisor Settings',
      'Resume Loader Settings',
      'Device options',
    ]);
    for (const line of [
      'ramdisksdidevice        unknown',
      'device                  ramdisk=[unknown]\\Recovery\\WindowsRE\\Winre.wim,{733b62e7-f608-11eb-825c-c112f60133ab}',
      'allowedinmemorysettings 0x15000075',
      'displaymessageoverride  Recovery',
      'debugtype               Local',
      'custom:46000010         Yes',
      'bootmenupolicy          Standard',
    ]) {
      expect(lines).toContain(line);
    }
    const start = performance.now();
    for (let count = 0; count < 20; count++) await machine.run('bcdedit /store d:\\boot\\bcd /enum all');
    // Measured at 3 ms each; the bound only notices a process per command or worse.
    expect((performance.now() - start) / 20).toBeLessThan(100);
    expect(
      (await machine.run('bcdedit /store d:\\boot\\bcd /set {default} device partition=e:')).exitCode,
    ).toBe(0);
    expect((await machine.store('d/Boot/BCD')).object('{default}')?.getDevice(0x11000001)).toMatchObject({
      kind: 'partition',
      style: 'mbr',
    });
  });
});
