import assert from 'node:assert/strict';
import { commandPrompt, typeInDiskpart, typeLine, typeLines } from './terminal';
import type { RescueWorld } from './world';

/** Repairs the original disk of a server in rescue, typed at its prompt. */
export type Repair = (world: RescueWorld) => Promise<void>;

const STORES = { BIOS: '\\Boot\\BCD', UEFI: '\\EFI\\Microsoft\\Boot\\BCD' } as const;
const done = /The operation completed successfully\./;

/** Path of the original disk's boot configuration in the rescue session. */
export function storeOf({ letters, installed }: RescueWorld): string {
  return `${letters.system}:${STORES[installed.firmware]}`;
}

/** Types commands, each of which says that it completed. */
export async function typeSuccessfully(world: RescueWorld, lines: readonly string[]): Promise<void> {
  for (const answer of await typeLines(terminalOf(world), lines)) assert.match(answer, done);
}

/** Settings of the boot configuration in rescue: `{default} device partition=E:`. */
export function setInStore(world: RescueWorld, settings: readonly string[]): Promise<void> {
  return typeSuccessfully(
    world,
    settings.map((setting) => `bcdedit /store ${storeOf(world)} /set ${setting}`),
  );
}

/** The devices as Microsoft's documentation of bcdedit describes them: {bootmgr}'s is the system partition. */
const pointDevices: Repair = (world) => {
  const { system, windows } = world.letters;
  return setInStore(world, [
    `{bootmgr} device partition=${system}:`,
    `{default} device partition=${windows}:`,
    `{default} osdevice partition=${windows}:`,
  ]);
};

/**
 * Gives the original disk the signature of the stock image, which its boot configuration names. The rescue disk has the
 * same one and gets another first, or the two would collide.
 */
const restoreSignature: Repair = async (world) => {
  const answers = await typeInDiskpart(terminalOf(world), ['select disk 0', 'uniqueid disk']);
  const signature = /Disk ID: ([0-9A-F]{8})/.exec(answers.at(-1) ?? '')?.[1];
  assert.ok(signature, `No signature of the rescue disk: ${answers.at(-1)}`);
  const [, , , , changed = ''] = await typeInDiskpart(terminalOf(world), [
    'select disk 0',
    'uniqueid disk id=0BADCAFE',
    'select disk 1',
    `uniqueid disk id=${signature}`,
    'uniqueid disk',
  ]);
  assert.match(changed, new RegExp(`Disk ID: ${signature}`));
};

const copyBootFiles: Repair = async (world) => {
  const { letters, installed } = world;
  const root = installed.profile.systemRoot;
  const [said = ''] = await typeLines(terminalOf(world), [
    `bcdboot ${letters.windows}:${root} /s ${letters.system}:${installed.firmware === 'UEFI' ? ' /f UEFI' : ''}`,
  ]);
  assert.match(said, /Boot files successfully created\./);
};

/** The damaged store goes aside: /rebuildbcd adds to one that it can read, and leaves its entries alone. */
const rebuildStore: Repair = async (world) => {
  const terminal = terminalOf(world);
  const store = storeOf(world);
  await typeLines(terminal, [`attrib -r -s -h ${store}`, `ren ${store} BCD.old`]);
  const question = await typeLine(terminal, 'bootrec /rebuildbcd', /Yes\(Y\)\/No\(N\)\/All\(A\):/);
  assert.match(question, new RegExp(`\\[1\\]\\s+${world.letters.windows}:\\\\Windows`));
  assert.match(await typeLine(terminal, 'A', commandPrompt), done);
};

/** By the words that follow `with` in a step. */
export const repairs: Readonly<Record<string, Repair>> = {
  bcdedit: pointDevices,
  'uniqueid disk': restoreSignature,
  bcdboot: copyBootFiles,
  'bootrec /rebuildbcd': rebuildStore,
  'bootrec /fixmbr': (world) => typeSuccessfully(world, ['bootrec /fixmbr']),
  'bootrec /fixboot': (world) => typeSuccessfully(world, ['bootrec /fixboot']),
  'diskpart active': async (world) => {
    const lines = ['select disk 1', 'select partition 1', 'active'];
    const [, , said = ''] = await typeInDiskpart(terminalOf(world), lines);
    assert.match(said, /DiskPart marked the current partition as active\./);
  },
  'a copy of the loader': async (world) => {
    const name = world.installed.firmware === 'UEFI' ? 'winload.efi' : 'winload.exe';
    const file = `${world.installed.profile.systemRoot}\\System32\\${name}`;
    await copyFile(world, `C:${file}`, `${world.letters.windows}:${file}`);
  },
  'the copy of its hive': async (world) => {
    const { installed, letters } = world;
    const root = `${letters.windows}:${installed.profile.systemRoot}`;
    const copy = installed.profile.era === 'windows-5.2' ? 'repair' : 'System32\\config\\RegBack';
    await copyFile(world, `${root}\\${copy}\\SYSTEM`, `${root}\\System32\\config\\SYSTEM`);
  },
  'bcdedit osdevice': (world) =>
    setInStore(world, [`{default} osdevice partition=${world.letters.windows}:`]),
  'bcdedit path': (world) => setInStore(world, ['{default} path \\Windows\\system32\\winload.exe']),
};

async function copyFile(world: RescueWorld, from: string, to: string): Promise<void> {
  const [said = ''] = await typeLines(terminalOf(world), [`copy /y ${from} ${to}`]);
  assert.match(said, /1 file\(s\) copied\./);
}

export function terminalOf({ terminal }: RescueWorld) {
  assert.ok(terminal, 'nobody is logged in to the rescue session');
  return terminal;
}
