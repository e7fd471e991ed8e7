import type { Program, ProgramContext } from '../../shell';
import {
  asBootRepairFailure,
  BootRepairFailure,
  findBootDisk,
  reasons,
  writeDiskCode,
  writeVolumeCode,
} from '../boot-repair';
import { helpText } from './help';
import { rebuildStore, scanSystems } from './rebuild';

const done = 'The operation completed successfully.\r\n';

/** `/fixmbr`: the boot code of the boot disk's first sector. */
async function fixDisk({ host, files, output }: ProgramContext): Promise<void> {
  const boot = await findBootDisk({ host, files });
  if (!boot) throw new BootRepairFailure([reasons.notFound]);
  await writeDiskCode(host, files, boot.disk);
  output.write(done);
}

/** `/fixboot`: the boot record of the system partition. */
async function fixVolume({ host, files, output }: ProgramContext): Promise<void> {
  const boot = await findBootDisk({ host, files });
  // Seen on real Windows with UEFI.
  if (boot?.firmware === 'UEFI') throw new BootRepairFailure([reasons.accessDenied]);
  // Seen on real Windows without an active partition.
  if (!boot?.systemVolume) throw new BootRepairFailure([reasons.notFound]);
  await writeVolumeCode(host, boot.systemVolume, 'BOOTMGR');
  output.write(done);
}

const commands: Readonly<Record<string, (context: ProgramContext) => Promise<void>>> = {
  '/fixmbr': fixDisk,
  '/fixboot': fixVolume,
  '/scanos': scanSystems,
  '/rebuildbcd': rebuildStore,
};

/**
 * `bootrec /fixmbr | /fixboot | /scanos | /rebuildbcd`: boot repair, as a recovery environment has it. Real Windows has it
 * nowhere else; here every system does (our choice). Exit code 0, or 1 with a message.
 */
export const bootrec: Program = async (context) => {
  const word = context.args[0]?.toLowerCase().replace(/^-/, '/') ?? '/?';
  const command = Object.hasOwn(commands, word) ? commands[word] : undefined;
  if (!command || context.args.length > 1) {
    context.output.write(helpText);
    return word === '/?' ? 0 : 1;
  }
  try {
    await command(context);
    return 0;
  } catch (error) {
    context.output.write(`${asBootRepairFailure(error).message}\r\n`);
    return 1;
  }
};
