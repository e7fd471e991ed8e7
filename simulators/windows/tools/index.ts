import type { Program, Programs } from '../shell';
import { bcdboot } from './bcdboot';
import { bcdedit } from './bcdedit';
import { bootrec } from './bootrec';
import { bootsect } from './bootsect';
import { chkdsk } from './chkdsk';
import { diskpart } from './diskpart';
import { fsutil } from './fsutil';
import { ipconfig, type NetworkAdapter } from './ipconfig';
import { mountvol } from './mountvol';
import { net } from './net';
import { netsh } from './netsh';
import { reg } from './reg';
import { sc } from './sc';
import { find, findstr, more } from './search-programs';
import { hostname, shutdown, whoami } from './small-programs';

export type { NetworkAdapter } from './ipconfig';

/** The programs of the stand-in's System32. @param adapters asks for the machine's network cards. */
export function systemPrograms(adapters: () => Promise<readonly NetworkAdapter[]>): Programs {
  return new Map<string, Program>([
    ['bcdboot', bcdboot],
    ['bcdedit', bcdedit],
    ['bootrec', bootrec],
    ['bootsect', bootsect],
    ['chkdsk', chkdsk],
    ['diskpart', diskpart],
    ['find', find],
    ['findstr', findstr],
    ['fsutil', fsutil],
    ['hostname', hostname],
    ['ipconfig', ipconfig(adapters)],
    ['more', more],
    ['mountvol', mountvol],
    ['net', net],
    ['netsh', netsh],
    ['reg', reg],
    ['sc', sc],
    ['shutdown', shutdown],
    ['whoami', whoami],
  ]);
}
