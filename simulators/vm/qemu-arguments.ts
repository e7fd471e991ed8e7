import { type DiskSource, diskArguments, hotPlugPort } from './disk-arguments';
import { firmwareArguments } from './firmware';
import type { MachineDescription } from './machine-description';
import type { MemoryFile } from './machine-parts';
import { networkArguments } from './network-arguments';
import { qemuOptions } from './qemu-options';

/** What programs in a guest know the channel of QEMU's guest agent by. */
const AGENT_PORT = 'org.qemu.guest_agent.0';

interface QemuArgumentOptions {
  readonly accelerator: 'kvm' | 'tcg';
  /** Shown in the command line of the process, so that a person sees whose it is. */
  readonly sessionId: string;
  readonly memory: MemoryFile | undefined;
  /** Unix sockets that the lab listens on; QEMU connects to them, so nothing has to be polled for. */
  readonly qmpSocket: string;
  readonly serialSocket: string;
  /** Where QEMU finds whoever talks to the guest's agent; needed where the description has one. */
  readonly agentSocket?: string | undefined;
  /** Everything the guest printed on its serial port, for the evidence. */
  readonly serialLog: string;
  /** The state of each CPU when it is reset, which tells a guest that crashed from one that restarted. */
  readonly resetLog: string;
  /** With UEFI: where its variables are kept. */
  readonly uefiVariables?: string | undefined;
  /** Where disks take their data from when that is not `disk.path`. */
  readonly diskSources?: ReadonlyMap<string, DiskSource>;
  /** Wait for a `migrate-incoming` instead of starting (forks). */
  readonly incoming?: boolean;
}

/** The arguments of `qemu-system-x86_64` for a machine. Nothing of QEMU's defaults is taken over. */
export function qemuArguments(description: MachineDescription, options: QemuArgumentOptions): string[] {
  const { accelerator, memory } = options;
  const { cpus, memoryMiB, chipset = 'q35' } = description;
  const firmware = firmwareArguments(description, options.uefiVariables);
  return [
    ...['-no-user-config', '-nodefaults', '-display', 'none'],
    ...['-name', qemuOptions(`guest=${guestName(description.name, options.sessionId)}`, {})],
    ...firmware.nodes,
    ...[
      '-machine',
      qemuOptions(chipset, { 'memory-backend': 'ram', ...sata(description), ...firmware.machine }),
    ],
    ...['-accel', accelerator === 'kvm' ? 'kvm' : 'tcg,thread=multi'],
    ...['-cpu', cpuModel(accelerator, description.nestedVirtualization ?? false)],
    ...['-smp', String(cpus), '-m', `${memoryMiB}M`],
    ...['-object', memoryBackend(memoryMiB, memory)],
    ...character('qmp', { path: options.qmpSocket }),
    ...['-mon', 'chardev=qmp,mode=control'],
    ...character('serial0', { path: options.serialSocket, logfile: options.serialLog }),
    ...['-serial', 'chardev:serial0'],
    ...['-d', 'cpu_reset', '-D', options.resetLog],
    ...optional(description.uuid, (uuid) => ['-uuid', uuid]),
    ...['-rtc', qemuOptions(`base=${description.clock ?? 'utc'}`, {})],
    ...kernelArguments(description),
    ...displayArguments(description),
    ...agentArguments(description, options.agentSocket),
    ...hotPlugArguments(description),
    ...markArguments(description),
    ...(description.rng ? ['-object', 'rng-builtin,id=rng0', '-device', 'virtio-rng-pci,rng=rng0'] : []),
    ...networkArguments(description.nic),
    ...diskArguments(description, options.diskSources ?? new Map()),
    ...(options.incoming ? ['-incoming', 'defer'] : []),
  ];
}

/**
 * RAM in a file costs a tenth of the processor's time: the host's file system notes each page that is written, and writes
 * it out. QEMU's own memory comes in huge pages where the host has them.
 */
function memoryBackend(memoryMiB: number, memory: MemoryFile | undefined): string {
  const common = { id: 'ram', size: `${memoryMiB}M` };
  if (memory === undefined) return qemuOptions('memory-backend-ram', common);
  return qemuOptions('memory-backend-file', { ...common, 'mem-path': memory.path, share: memory.share });
}

/**
 * The device has a register of the events that the host heeds (docs/specs/pvpanic.rst): 1 for a panic, which is how a guest
 * marks its boot, and 2 for a crash that was dealt with, here for a boot that is kept. Nobody stops there unless he is told to.
 */
function markArguments({ bootMark, bootMarkKept }: MachineDescription): string[] {
  if (!bootMark) return [];
  return ['-device', qemuOptions('pvpanic', { events: bootMarkKept ? 3 : 1 }), '-action', 'panic=none'];
}

/** Without drives of its own the chipset has no SATA controller either: looking for drives there takes guests a second. */
function sata({ chipset = 'q35', disks = [] }: MachineDescription): { sata?: string } {
  const used = disks.some((disk) => disk.interface === 'sata' || disk.interface === 'ide-cdrom');
  return chipset === 'q35' && !used ? { sata: 'off' } : {};
}

function guestName(name: string, sessionId: string): string {
  return `rescue-lab/${sessionId}/${name}`.replaceAll(',', ' ');
}

/**
 * TCG writes the strings that `erms` and `fsrm` praise byte by byte, and walks one level more for each page with `la57`.
 * It emulates AMD's virtualization only, not by default, and does not let a hypervisor intercept XSETBV: with `xsave` a
 * nested guest would lose registers (QEMU 7.2).
 */
function cpuModel(accelerator: 'kvm' | 'tcg', nested: boolean): string {
  if (accelerator === 'kvm') return 'host';
  const emulated = 'max,-erms,-fsrm,-la57';
  return nested ? `${emulated},+svm,-xsave` : emulated;
}

function character(id: string, options: { path: string; logfile?: string }): string[] {
  return ['-chardev', qemuOptions('socket', { id, ...options })];
}

function kernelArguments({ kernelBoot }: MachineDescription): string[] {
  if (!kernelBoot) return [];
  return [
    ...['-kernel', kernelBoot.kernel],
    ...optional(kernelBoot.initrd, (initrd) => ['-initrd', initrd]),
    ...optional(kernelBoot.commandLine, (line) => ['-append', line]),
  ];
}

function displayArguments({ vga = 'std', vnc, tablet, name }: MachineDescription): string[] {
  if (vnc !== undefined && vga === 'none') {
    throw new Error(`The machine "${name}" has a VNC address (${vnc}) and no VGA to show there.`);
  }
  return [
    ...(vga === 'std' ? ['-device', 'VGA,id=vga0'] : []),
    ...(tablet ? ['-device', 'virtio-tablet-pci,id=tablet0'] : []),
    ...optional(vnc, (address) => ['-vnc', vncDisplay(address)]),
  ];
}

/** QEMU counts VNC displays from port 5900. */
function vncDisplay(address: string): string {
  if (address.startsWith('unix:')) return address;
  const [, host, port] = /^([0-9.]+):(\d+)$/.exec(address) ?? [];
  if (host === undefined || Number(port) < 5900) {
    throw new Error(
      `"${address}" cannot be a VNC address: write 127.x.y.z:port with a port of 5900 or higher, or unix:/path.`,
    );
  }
  return `${host}:${Number(port) - 5900}`;
}

function agentArguments({ guestAgent }: MachineDescription, socket: string | undefined): string[] {
  if (!guestAgent || socket === undefined) return [];
  return [
    ...character('agent0', { path: socket }),
    ...['-device', 'virtio-serial-pci,id=agent-bus'],
    ...['-device', qemuOptions('virtserialport', { chardev: 'agent0', name: AGENT_PORT })],
  ];
}

/** Nothing can be plugged into the root bus of a q35 machine itself. */
function hotPlugArguments({ hotPlugPorts = 0 }: MachineDescription): string[] {
  return Array.from({ length: hotPlugPorts }, (_, index) => [
    '-device',
    qemuOptions('pcie-root-port', { id: hotPlugPort(index), chassis: index + 1, slot: index + 1 }),
  ]).flat();
}

function optional(value: string | undefined, then: (value: string) => string[]): string[] {
  return value === undefined ? [] : then(value);
}
