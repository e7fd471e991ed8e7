/**
 * `\bootmgr`, `bootmgfw.efi` and `\ntldr` of the stand-in: reads the boot configuration of the partition it came from,
 * finds the system among the disks that are there and hands over to it, or shows why it cannot. Which of them it is, and
 * whose look it has, an archive says that the installed file carries (`/era`).
 */
import { readBootOrigin } from './boot-origin';
import { findBootVolume } from './disks';
import { readFile, run } from './files';
import { runBootManager } from './run-boot-manager';
import { runNtldr } from './run-ntldr';
import { startAhead } from './start-ahead';
import { Volumes } from './volumes';

// Where the host keeps the machine as it is at the mark, the system's programs are worth starting before: some of many boots
// will need them. Nothing else of a disk is known there.
if (run('boot-mark', 'kept')) startAhead();
run('boot-mark');
if (readFile('/run/more-disks')?.length !== 0) run('sh', '/load-more-disks');

const { era, firmware, volumeSerial } = readBootOrigin();
const { disks, bootPlace } = findBootVolume(volumeSerial);
const machine = { disks, volumes: new Volumes(disks), bootPlace };

if (era === 'windows-5.2') runNtldr(machine);
else runBootManager(machine, era, firmware);
