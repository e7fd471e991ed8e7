import type { BootFirmware } from '../../../disk/bcd';
import type { Program, ProgramContext } from '../../shell';
import type { VolumeView } from '../../windows-host';
import {
  asBootRepairFailure,
  BootRepairFailure,
  bootDiskOf,
  findBootDisk,
  type Installation,
  installationOn,
  readStore,
  storePath,
  writeStore,
} from '../boot-repair';
import { findVolume } from '../volumes';
import { copyBootFiles } from './copy-boot-files';
import { helpText } from './help';
import { type BcdBootOptions, parseOptions } from './options';
import { readTemplate } from './template';
import { updateStore } from './update-store';

/** General knowledge (formats.md, section 5). */
const notCopied = 'Failure when attempting to copy boot files.';

interface Target {
  readonly volume: VolumeView;
  readonly firmware: readonly BootFirmware[];
}

async function findSource(context: ProgramContext, source: string): Promise<Installation> {
  const path = context.resolvePath(source);
  const [, root = '', folder = ''] = /^([A-Z]:|\\Device\\[^\\]+)(\\.*)$/i.exec(path) ?? [];
  const volume = await findVolume(context.host, root);
  const found = volume && (await installationOn(context.files, volume, folder.replace(/\\$/, '')));
  if (!found) throw new BootRepairFailure([notCopied]);
  return found;
}

/** The volume after /s; else the system volume of the source's disk, of the boot disk, or the source's own volume. */
async function findTarget(
  { host, files }: ProgramContext,
  options: BcdBootOptions,
  { volume }: Installation,
): Promise<Target> {
  const sourceDisk = (await host.disks()).find(({ number }) => number === volume.diskNumbers[0]);
  const own = sourceDisk && (await bootDiskOf({ host, files }, sourceDisk));
  const boot = own?.systemVolume ? own : await findBootDisk({ host, files });
  const system =
    options.system === undefined ? (boot?.systemVolume ?? volume) : await findVolume(host, options.system);
  if (!system) throw new BootRepairFailure([notCopied]);
  return { volume: system, firmware: options.firmware ?? [boot?.firmware ?? 'BIOS'] };
}

async function run(context: ProgramContext, options: BcdBootOptions): Promise<void> {
  const { files, output } = context;
  const source = await findSource(context, options.source);
  const target = await findTarget(context, options, source);
  const say = (sentence: string): void => {
    if (options.verbose) output.write(`${sentence}\r\n`);
  };
  for (const firmware of target.firmware) {
    if (!(await copyBootFiles(files, source, target.volume, firmware, say))) {
      throw new BootRepairFailure([notCopied]);
    }
    const path = storePath(target.volume, firmware);
    const entry = {
      windowsVolume: source.volume,
      systemVolume: target.volume,
      systemRoot: source.systemRoot,
      description: menuName(source.productName),
      firmware,
      locale: options.locale,
    };
    const template = await readTemplate(files, source);
    await writeStore(files, path, updateStore(await readStore(files, path), entry, options, template));
    say(`BFSVC: BCD store ${path} was written.`);
  }
  output.write('Boot files successfully created.\r\n');
}

/** The product's name without its edition: `Windows Server 2008 R2 Standard` stands as `Windows Server 2008 R2`. */
function menuName(productName = 'Microsoft Windows'): string {
  return productName.replace(
    / (Standard|Datacenter|Enterprise|Essentials|Professional|Pro|Ultimate|Home)\b.*$/,
    '',
  );
}

/**
 * `bcdboot source [/l] [/s] [/f] [/v] [/m] [/addlast] [/p] [/c] [/d]`. A new store is made of what the lab knows of an
 * installed one (`createInstalledStore`), with the settings of the source's BCD-Template where there is one. Success text:
 * seen on real Windows; the lines of /v are our choice. Exit code 0, 1 with a message, or 87 for a wrong command line.
 */
export const bcdboot: Program = async (context) => {
  const options = parseOptions(context.args);
  if (!options) {
    context.output.write(helpText);
    return context.args.length === 0 || context.args[0] === '/?' ? 0 : 87;
  }
  try {
    await run(context, options);
    return 0;
  } catch (error) {
    const { message } = asBootRepairFailure(error);
    // What a file or disk refused ends the copying.
    context.output.write(
      `${error instanceof BootRepairFailure ? message : `${message}\r\n${notCopied}`}\r\n`,
    );
    return 1;
  }
};
