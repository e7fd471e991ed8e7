/**
 * `\bootmgr`, `bootmgfw.efi` and `\ntldr` of the stand-in: reads the boot configuration of the partition it came from,
 * finds the system among the disks that are there and hands over to it, or shows why it cannot. Which of them it is, and
 * whose look it has, an archive says that the installed file carries (`/era`).
 */
import { readBootOrigin } from './boot-origin';
import { findBootVolume } from './disks';
import { run } from './files';
import { runBootManager } from './run-boot-manager';
import { runNtldr } from './run-ntldr';
import { Volumes } from './volumes';

// All code is loaded, and no disk has been looked at: a host may keep the machine as it is now.
run('boot-mark');
run('sh', '/load-controllers');

const { era, firmware, volumeSerial } = readBootOrigin();
const { disks, bootPlace } = findBootVolume(volumeSerial);
const machine = { disks, volumes: new Volumes(disks), bootPlace };

if (era === 'windows-5.2') runNtldr(machine);
else runBootManager(machine, era, firmware);
