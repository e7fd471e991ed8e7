import * as std from 'quickjs-std';
import { bareFailure, decideNtldr, defaultIniEntry, parseBootIni } from '../boot-manager';
import { type BootMachine, endWith, fileAt } from './boot-machine';
import { readFile } from './files';
import { Keyboard } from './keyboard';
import { handOverOption } from './load-options';
import { loadSystem } from './load-system';
import { mountSystem } from './mount-system';
import { runMenu } from './run-menu';
import { log } from './screen';

const ERA = 'windows-5.2';

/** NTLDR: `\boot.ini`, its menu, then the system itself, which it loads without a winload. */
export function runNtldr(machine: BootMachine): void {
  const { disks, volumes, bootPlace } = machine;
  if (bootPlace === undefined) endWith(bareFailure(ERA, ['A disk read error occurred']));
  const file = fileAt(machine, bootPlace, '\\boot.ini');
  const bytes = file === undefined ? undefined : readFile(file);
  const ini = parseBootIni(bytes && String.fromCharCode(...bytes));
  // NTLDR's words; it goes on all the same.
  if (ini.invalid) log('Invalid BOOT.INI file\r\nBooting from C:\\windows\\');
  const start = (index: number, option?: string): void => {
    const tables = disks.map(({ table }) => table);
    const decision = decideNtldr(ini.entries[index]!, tables, bootPlace.disk);
    if (decision.kind === 'failure') endWith(decision);
    const device = volumes.device(decision.place);
    log(`NTLDR: starting ${decision.description} from ${device}${handOverOption(option)}`);
    mountSystem(volumes, decision.place);
    const failure = loadSystem('/win/C', decision.systemRoot, ERA);
    if (failure) endWith(failure);
    std.exit(0);
  };
  const selected = ini.entries.indexOf(defaultIniEntry(ini));
  const keyboard = new Keyboard();
  const pressed = keyboard.read();
  const isShown = ini.entries.length > 1 && ini.timeout !== 0;
  if (!isShown && !pressed.includes('f8')) {
    keyboard.close();
    start(selected);
    return;
  }
  const entries = ini.entries.map(({ description }) => description);
  const menu = { era: ERA, entries, tools: [], selected, timeoutSeconds: ini.timeout } as const;
  runMenu(menu, keyboard, pressed, ({ index, option }) => start(index, option));
}
