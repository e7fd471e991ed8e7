import type { Program, ProgramContext } from '../../shell';
import type { VolumeView } from '../../windows-host';
import {
  asBootRepairFailure,
  type BootLoader,
  BootRepairFailure,
  findBootDisk,
  writeDiskCode,
  writeVolumeCode,
} from '../boot-repair';
import { findVolume, runningVolume, volumeName } from '../volumes';
import { helpText } from './help';

interface CommandLine {
  readonly loader: BootLoader;
  /** `SYS`, `ALL` or `X:`. */
  readonly target: string;
  readonly disks: boolean;
}

function parse(args: readonly string[]): CommandLine | undefined {
  const words = args.map((word) => word.toLowerCase().replace(/^-/, '/'));
  const [kind, target, ...options] = words;
  if (kind !== '/nt60' && kind !== '/nt52') return undefined;
  if (target === undefined || !/^(sys|all|[a-z]:)$/.test(target)) return undefined;
  if (options.some((word) => word !== '/force' && word !== '/mbr')) return undefined;
  return {
    loader: kind === '/nt60' ? 'BOOTMGR' : 'NTLDR',
    target,
    disks: options.includes('/mbr'),
  };
}

async function targets({ host, files }: ProgramContext, target: string): Promise<readonly VolumeView[]> {
  if (target === 'all') return (await host.volumes()).filter(({ fileSystem }) => fileSystem === 'NTFS');
  const volume =
    target === 'sys' ? (await findBootDisk({ host, files }))?.systemVolume : await findVolume(host, target);
  // Our texts.
  if (volume) return [volume];
  throw new BootRepairFailure([
    target === 'sys'
      ? 'The system partition was not found.'
      : `Could not open the volume ${target.toUpperCase()}`,
  ]);
}

async function updateVolume(context: ProgramContext, line: CommandLine, volume: VolumeView): Promise<void> {
  const { host, output } = context;
  const name = volumeName(volume, host.version);
  const title = volume.letter === undefined ? name : `${volume.letter}: (${name})`;
  output.write(`${title}\r\n\r\n`);
  await writeVolumeCode(host, volume, line.loader);
  if (volume.number === (await runningVolume(host))?.number) {
    // The running system's own volume cannot be locked, whatever is forced; text: general knowledge.
    output.write(
      [
        '    Updated NTFS filesystem bootcode.  The update may be unreliable since the',
        '    volume could not be locked during the update:',
        '        Access is denied.',
        '',
        '',
      ].join('\r\n'),
    );
    return;
  }
  output.write('    Successfully updated NTFS filesystem bootcode.\r\n\r\n');
}

async function run(context: ProgramContext, line: CommandLine): Promise<void> {
  const { host, files, output } = context;
  const volumes = await targets(context, line.target);
  output.write(`Target volumes will be updated with ${line.loader} compatible bootcode.\r\n\r\n`);
  for (const volume of volumes) await updateVolume(context, line, volume);
  if (line.disks) {
    const numbers = new Set(volumes.flatMap(({ diskNumbers }) => diskNumbers));
    for (const disk of await host.disks()) {
      if (!numbers.has(disk.number)) continue;
      output.write(`\\??\\PhysicalDrive${disk.number}\r\n\r\n`);
      await writeDiskCode(host, files, disk);
      output.write('    Successfully updated disk bootcode.\r\n\r\n');
    }
  }
  output.write('Bootcode was successfully updated on all targeted volumes.\r\n');
}

/**
 * `bootsect /nt60 | /nt52 SYS | ALL | X: [/force] [/mbr]`; volumes are dismounted with and without /force. Texts of what works: seen on real Windows (formats.md,
 * section 5). Exit code 0, or 1 with a message.
 */
export const bootsect: Program = async (context) => {
  const line = parse(context.args);
  if (!line) {
    context.output.write(helpText);
    return /^[/-](help|\?)$/i.test(context.args[0] ?? '') ? 0 : 1;
  }
  try {
    await run(context, line);
    return 0;
  } catch (error) {
    context.output.write(`${asBootRepairFailure(error).message}\r\n`);
    return 1;
  }
};
