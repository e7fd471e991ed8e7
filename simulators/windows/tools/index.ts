import type { Program, Programs } from '../shell';
import { absentPrograms } from './absent-programs';
import { attrib } from './attrib';
import { bcdboot } from './bcdboot';
import { bcdedit } from './bcdedit';
import { bootrec } from './bootrec';
import { bootsect } from './bootsect';
import { chcp } from './chcp';
import { chkdsk } from './chkdsk';
import { choice } from './choice';
import { diskpart } from './diskpart';
import { fc } from './fc';
import { find } from './find';
import { findstr } from './findstr';
import { fsutil } from './fsutil';
import { hostname } from './hostname';
import { ipconfig, type NetworkAdapter } from './ipconfig';
import { label } from './label';
import { linuxMachineFacts, type MachineFacts } from './machine-facts';
import { more } from './more';
import { mountvol } from './mountvol';
import { net } from './net';
import { netsh } from './netsh';
import { reg } from './reg';
import { robocopy } from './robocopy';
import { sc } from './sc';
import { shutdown } from './shutdown';
import { sort } from './sort';
import { systeminfo } from './systeminfo';
import { tasklist } from './tasklist';
import { timeout } from './timeout';
import { tree } from './tree';
import { whoami } from './whoami';
import { withHelp } from './with-help';
import { xcopy } from './xcopy';

export { absentPrograms } from './absent-programs';
export type { NetworkAdapter } from './ipconfig';
export type { MachineFacts } from './machine-facts';
export { ServiceControl } from './services';
export { changeSystemHive, readSystemHive } from './system-hives';

/**
 * The programs of the stand-in's System32, and those that say that they are not there.
 * @param adapters asks for the machine's network cards. @param machine asks for the facts of `systeminfo`.
 */
export function systemPrograms(
  adapters: () => Promise<readonly NetworkAdapter[]>,
  machine: () => Promise<MachineFacts> = linuxMachineFacts,
): Programs {
  const everyday = withHelp([
    ['attrib', attrib],
    ['chcp', chcp],
    ['choice', choice],
    ['fc', fc],
    ['find', find],
    ['findstr', findstr],
    ['hostname', hostname],
    ['ipconfig', ipconfig(adapters)],
    ['more', more],
    ['robocopy', robocopy],
    ['shutdown', shutdown],
    ['sort', sort],
    ['systeminfo', systeminfo(adapters, machine)],
    ['tasklist', tasklist],
    ['timeout', timeout],
    ['tree', tree],
    ['whoami', whoami],
    ['xcopy', xcopy],
  ]);
  return new Map<string, Program>([
    ...absentPrograms,
    ...everyday,
    ['bcdboot', bcdboot],
    ['bcdedit', bcdedit],
    ['bootrec', bootrec],
    ['bootsect', bootsect],
    ['chkdsk', chkdsk],
    ['diskpart', diskpart],
    ['fsutil', fsutil],
    ['label', label],
    ['mountvol', mountvol],
    ['net', net],
    ['netsh', netsh],
    ['reg', reg],
    ['sc', sc],
  ]);
}
