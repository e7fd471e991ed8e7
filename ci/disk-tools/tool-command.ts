import { Command } from 'commander';
import { unknownMachine } from '../../simulators/windows/image-host';
import { createShell } from '../../simulators/windows/shell';
import { absentPrograms, systemPrograms } from '../../simulators/windows/tools';
import { ExitCode } from '../setup/exit-codes.mjs';
import { commandLine } from './command-line';
import { hostTerminal } from './host-terminal';
import { withImages } from './open-images';

interface ToolOptions {
  readonly disk: readonly string[];
  readonly readOnly?: boolean;
  readonly foreign?: boolean;
}

/** `rescue-lab tool <name> --disk <image>... [arguments]`: the stand-in's console tools on disk images, without a VM. */
export function toolCommand(): Command {
  const programs = systemPrograms(async () => [], unknownMachine);
  const absent = new Set(absentPrograms.map(([name]) => name));
  return new Command('tool')
    .description('Run a Windows console tool on disk images, without a machine.')
    .argument('<name>', 'bcdedit, diskpart, reg, net, dir, cmd ...')
    .argument('[arguments...]', 'as on Windows; after -- where they begin with a hyphen')
    .requiredOption(
      '--disk <image>',
      'a disk image of any format that QEMU knows; once for each disk, in disk order',
      (image: string, before: readonly string[] = []) => [...before, image],
    )
    .option('--read-only', 'refuse whatever would change the images')
    .option('--foreign', 'show dynamic disks as foreign, as a rescue system sees them')
    .addHelpText('after', () => help([...programs.keys()].filter((name) => !absent.has(name))))
    .action(async (name: string, words: readonly string[], options: ToolOptions) => {
      process.exitCode = await runTool(name, words, options);
    });
}

async function runTool(name: string, words: readonly string[], options: ToolOptions): Promise<number> {
  const choice = {
    images: options.disk,
    readOnly: options.readOnly === true,
    foreign: options.foreign === true,
  };
  return withImages(choice, async ({ host, files }) => {
    using terminal = hostTerminal();
    const shell = await createShell({
      host,
      files,
      programs: systemPrograms(async () => [], unknownMachine),
      user: 'Administrator',
      remote: false,
    });
    const code = await (words.length === 0 && isShell(name)
      ? shell.interact(terminal)
      : shell.execute(commandLine(name, words), terminal));
    // A process of the host has an exit code of one byte.
    return code >= 0 && code <= 255 ? code : ExitCode.failed;
  });
}

function isShell(name: string): boolean {
  return /^cmd(\.exe)?$/i.test(name);
}

function help(names: readonly string[]): string {
  return `
The disks are seen as the Windows on the first of them sees them: its letters, its name, its registry. Where there is no
Windows, volumes get letters from C: on. Volumes are mounted for reading until a tool writes on them. A machine must not
run from the images meanwhile.

Programs: ${[...names].sort().join(', ')}; and the commands of cmd.
The exit code is the tool's own; one above 255 becomes 1.

Examples:
  rescue-lab tool bcdedit --disk server.qcow2 /enum all
  rescue-lab tool net --disk server.qcow2 user Administrator ''
  rescue-lab tool reg --disk server.qcow2 query 'HKLM\\SYSTEM\\MountedDevices'
  rescue-lab tool diskpart --disk a.img --disk b.img < script.txt
  rescue-lab tool cmd --disk server.qcow2      (a prompt)`;
}
