import { readFile } from 'node:fs/promises';
import { cpus, freemem, totalmem, uptime } from 'node:os';

/** What `systeminfo` tells of the machine below Windows. Sizes in bytes. */
export interface MachineFacts {
  readonly manufacturer: string;
  readonly model: string;
  /** Vendor and version, then the date, as Windows shows them. */
  readonly bios: string;
  /** One text for each socket, e.g. `Intel64 Family 6 Model 6 Stepping 3 GenuineIntel ~2400 Mhz`. */
  readonly processors: readonly string[];
  readonly totalMemory: number;
  readonly freeMemory: number;
  readonly bootTime: Date;
}

async function dmi(name: string): Promise<string> {
  return (await readFile(`/sys/class/dmi/id/${name}`, 'utf8').catch(() => '')).trim();
}

/** The processors of `/proc/cpuinfo`, one for each physical id. */
export function parseProcessors(cpuinfo: string): readonly string[] {
  const sockets = new Map<string, string>();
  for (const block of cpuinfo.split(/\n\s*\n/)) {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(block)?.[1]?.trim();
    const vendor = field('vendor_id');
    if (vendor === undefined) continue;
    const kind = vendor === 'AuthenticAMD' ? 'AMD64' : 'Intel64';
    const [family, model, stepping] = ['cpu family', 'model', 'stepping'].map(field);
    const speed = Math.round(Number(field('cpu MHz') ?? '0'));
    sockets.set(
      field('physical id') ?? '0',
      `${kind} Family ${family} Model ${model} Stepping ${stepping} ${vendor} ~${speed} Mhz`,
    );
  }
  return [...sockets.values()];
}

/** Facts of the Linux machine underneath; what it does not tell is called as QEMU would be. */
export async function linuxMachineFacts(): Promise<MachineFacts> {
  const cpuinfo = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const processors = parseProcessors(cpuinfo);
  const [vendor, version, date] = await Promise.all([
    dmi('bios_vendor'),
    dmi('bios_version'),
    dmi('bios_date'),
  ]);
  const day = date.replace(/^0?(\d+)\/0?(\d+)\//, '$1/$2/');
  return {
    manufacturer: (await dmi('sys_vendor')) || 'QEMU',
    model: (await dmi('product_name')) || 'Standard PC',
    bios: [`${vendor} ${version}`.trim() || 'SeaBIOS', day].filter((part) => part !== '').join(', '),
    processors: processors.length > 0 ? processors : [cpus()[0]?.model ?? 'Unknown'],
    totalMemory: totalmem(),
    freeMemory: freemem(),
    bootTime: new Date(Date.now() - uptime() * 1000),
  };
}
