import { MemoryHost } from '../../../shell/testing/memory-host';
import { runCommand } from '../../../shell/testing/run';
import type { WindowsHost } from '../../../windows-host';
import { diskpart } from '..';

export const programs = new Map([['diskpart', diskpart]]);
export const GiB = 2 ** 30;

/** The rescue system of a cloned server: the customer's disk carries the same signature and stays offline. */
export function rescueHost(mountPoint?: string): MemoryHost {
  const signature = 0x42d9decd;
  return new MemoryHost([
    {
      sizeBytes: 20 * GiB,
      signature,
      volumes: [
        {
          letter: 'C',
          info: 'Boot',
          sizeBytes: 20 * GiB,
          ...(mountPoint === undefined ? {} : { mountPoint }),
        },
      ],
    },
    {
      sizeBytes: 40 * GiB,
      freeBytes: 2 ** 20,
      status: 'Offline',
      offlineReason: 'collision',
      signature,
      volumes: [{ label: 'System Reserved', sizeBytes: 100 * 2 ** 20 }, { sizeBytes: 39 * GiB }],
    },
  ]);
}

/** What diskpart says to each line, without the banner and the prompt. */
export async function session(host: WindowsHost, ...lines: readonly string[]): Promise<readonly string[]> {
  const { output } = await runCommand({ host, programs }, 'diskpart', `${[...lines, 'exit'].join('\n')}\n`);
  return output
    .split('\r\nDISKPART> ')
    .slice(1, -1)
    .map((text) => text.replaceAll('\r\n', '\n').replace(/^\n+|\n+$/g, ''));
}
