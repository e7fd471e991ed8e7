import path from 'node:path';
import { execa } from 'execa';
import type { ServerDisk } from '../server';
import { waitingFor } from '../waits';

const command = path.resolve(__dirname, '../../ci/bin/rescue-lab.mjs');

/**
 * Runs one of Windows' console tools on the disks of a server that is off, as `rescue-lab tool` does: the first disk's
 * Windows has its letters there, and other volumes have their device names (`\\?\GLOBALROOT\Device\HarddiskVolume1`).
 * The lab's own set-up call, no door of the customer's.
 * @param input what the tool reads: lines for `cmd` or `diskpart`
 * @returns what the tool printed
 * @throws Error with the tool's output where its exit code is not 0
 */
export async function runDiskTool(
  disks: readonly ServerDisk[],
  tool: string,
  args: readonly string[] = [],
  input = '',
): Promise<string> {
  const images = disks.flatMap((disk) => ['--disk', disk.path]);
  const { stdout, exitCode, all } = await waitingFor('tools on the disk image', () =>
    execa(process.execPath, [command, 'tool', tool, ...images, ...args], { input, reject: false, all: true }),
  );
  if (exitCode !== 0) {
    throw new Error(
      `The tool ${tool} ended with ${exitCode} on ${disks.map(({ id }) => id).join(', ')}: ${all}`,
    );
  }
  return stdout;
}

/**
 * Types lines at the prompt of the Windows on the disks of a server that is off, each after the one before it is done.
 * @throws Error with what was printed where the last line's program did not succeed
 */
export function typeAtPrompt(disks: readonly ServerDisk[], lines: readonly string[]): Promise<string> {
  return runDiskTool(disks, 'cmd', [], [...lines, 'exit %errorlevel%', ''].join('\r\n'));
}
