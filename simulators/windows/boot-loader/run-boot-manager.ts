import * as os from 'quickjs-os';
import * as std from 'quickjs-std';
import { BOOT_MANAGER_ELEMENTS } from '../../disk/bcd';
import {
  type BootManagerEra,
  type BootPlan,
  type BootSituation,
  type BootStart,
  planBoot,
  startEntry,
  storePathOf,
} from '../boot-manager';
import { type BootMachine, endWith, fileAt } from './boot-machine';
import { findFile, readFile, readLogs, run, writeFile } from './files';
import { Keyboard } from './keyboard';
import { handOverOption } from './load-options';
import { mountSystem } from './mount-system';
import { runMenu } from './run-menu';
import { log } from './screen';
import { mount } from './volumes';

/** Where the loader is while its volume is mounted anew. */
const LOADER = '/run/winload.js';

/** Reads the store, shows the menu where there is one to show, and hands over to the chosen entry's winload. */
export function runBootManager(machine: BootMachine, era: BootManagerEra, firmware: 'BIOS' | 'UEFI'): void {
  const { disks, bootPlace } = machine;
  const storePath = storePathOf(firmware);
  const root = bootPlace && machine.volumes.mountPoint(bootPlace);
  const file = root === undefined ? undefined : findFile(root, storePath);
  const storeBytes = file === undefined ? undefined : readFile(file);
  const situation: BootSituation = {
    storeBytes,
    storeLogs: root === undefined ? [] : readLogs(root, storePath, storeBytes),
    disks: disks.map(({ table }) => table),
    bootDisk: bootPlace?.disk ?? 0,
    bootPartition: bootPlace?.partition,
    fileExists: (place, path) => fileAt(machine, place, path) !== undefined,
    era,
    firmware,
  };
  const plan = planBoot(situation);
  if (plan.kind === 'failure') endWith(plan);
  const { menu } = plan;
  const start = (id: string, option?: string): void => {
    const decision = startEntry(situation, plan, id);
    if (decision.kind === 'failure') endWith(decision);
    handOver(machine, decision, era, option);
  };
  if (menu.once) {
    forgetSequence(machine, plan, storePath);
    start(menu.entries[0]!.id);
    return;
  }
  const keyboard = new Keyboard();
  const pressed = keyboard.read();
  if (!menu.shown && !pressed.includes('f8')) {
    keyboard.close();
    start(menu.entries[menu.selected]!.id);
    return;
  }
  const texts = {
    era,
    entries: menu.entries.map(({ description }) => description),
    tools: menu.tools.map(({ description }) => description),
    selected: menu.selected,
    timeoutSeconds: menu.timeoutSeconds,
  };
  runMenu(texts, keyboard, pressed, ({ list, index, option }) => start(menu[list][index]!.id, option));
}

/** The one-time boot sequence is used up: it goes from the store, the only thing that a boot manager writes. */
function forgetSequence(machine: BootMachine, { store, bootPlace }: BootPlan, storePath: string): void {
  const { volumes } = machine;
  store.bootManager?.delete(BOOT_MANAGER_ELEMENTS.bootsequence);
  volumes.unmountAll();
  os.mkdir('/run/system', 0o755);
  if (!mount(volumes.device(bootPlace), '/run/system', 'rw')) return;
  writeFile(`/run/system${storePath.replaceAll('\\', '/')}`, store.serialize());
  run('umount', '/run/system');
}

function handOver(
  machine: BootMachine,
  start: BootStart,
  era: BootManagerEra,
  option: string | undefined,
): void {
  const { volumes } = machine;
  const device = volumes.device(start.osdevice);
  log(`Windows Boot Manager: starting ${start.description} from ${device}${handOverOption(option)}`);
  const loader = fileAt(machine, start.device, start.path);
  if (loader === undefined || !run('cp', loader, LOADER)) {
    throw new Error(`${start.path} was there a moment ago and cannot be read now.`);
  }
  mountSystem(volumes, start.osdevice);
  Object.assign(globalThis, { scriptArgs: [LOADER, '/win/C', start.systemRoot, era] });
  // It ends this program, as winload never comes back to the boot manager; it needs no runtime of its own.
  import(LOADER).catch((error: unknown) => {
    log(`${start.path} cannot be run: ${String(error)}`);
    std.exit(1);
  });
}
