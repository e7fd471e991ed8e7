/** How a disk is attached. `ide-cdrom` is a CD drive on the chipset's own controller, `scsi` a disk at a virtio controller. */
export type DiskInterface = 'virtio' | 'sata' | 'scsi' | 'usb' | 'ide-cdrom';

export interface DiskDescription {
  /** Unique in the machine; becomes the block node's and the device's name. Letters, digits, `-`, `_`. */
  readonly id: string;
  /** The image file: usually a qcow2 overlay made for this run (see `createOverlay`). */
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly readOnly?: boolean;
  readonly interface: DiskInterface;
  /** Position in the firmware's boot order; devices without one come after all that have one. */
  readonly bootIndex?: number;
  /** A `virtio` disk at one of the machine's `hotPlugPorts`, counted from 0: it can be taken out while the machine runs. */
  readonly hotPlugPort?: number;
  /** What the guest sees as the drive's serial number (20 characters at most). */
  readonly serial?: string;
  /**
   * While walking to a waypoint: note what the guest reads, so that the waypoint can be forked
   * over another disk with the same content in those places (see `canFork`).
   */
  readonly trackReads?: boolean;
}

export interface HostForward {
  /** A loopback address of the host, e.g. from `Session.allocateAddress`. */
  readonly hostAddress: string;
  readonly hostPort: number;
  readonly guestPort: number;
}

export interface GuestForward {
  /** An address inside `network` that the guest connects to, e.g. 10.0.2.4. */
  readonly address: string;
  readonly port: number;
  /** Each connection of the guest becomes a connection to this unix socket of the host. */
  readonly unixSocket: string;
}

/** A network card on QEMU's user network. The guest reaches nothing but the forwards named here. */
export interface NicDescription {
  readonly mac: string;
  /** QEMU device model; default `virtio-net-pci`. */
  readonly model?: string;
  /** CIDR of the network; QEMU's default is 10.0.2.0/24. */
  readonly network?: string;
  /** The gateway's (QEMU's) own address; default: the second of the network. */
  readonly host?: string;
  /** The first address that DHCP hands out, so in practice the machine's own. */
  readonly dhcpStart?: string;
  /** DHCP boot file name: for iPXE, the URL of a script. */
  readonly bootFile?: string;
  readonly bootIndex?: number;
  /** Option ROM; QEMU's own (iPXE) when absent, none when ''. */
  readonly romFile?: string;
  /** `false` opens the way to the host's network; default: closed. */
  readonly restrict?: boolean;
  readonly hostForwards?: readonly HostForward[];
  readonly guestForwards?: readonly GuestForward[];
}

export interface DirectKernelBoot {
  readonly kernel: string;
  readonly initrd?: string;
  readonly commandLine?: string;
}

/** A machine as plain data. Everything the guest can see of its hardware stands here. */
export interface MachineDescription {
  readonly name: string;
  readonly cpus: number;
  readonly memoryMiB: number;
  /** QEMU's SeaBIOS, or OVMF. */
  readonly firmware: 'bios' | 'uefi';
  /** With UEFI: the file that keeps the server's variables over restarts; default: a new one that goes with the machine. */
  readonly uefiVariables?: string;
  /** QEMU machine type; default `q35`. */
  readonly chipset?: 'q35' | 'pc';
  readonly kernelBoot?: DirectKernelBoot;
  readonly disks?: readonly DiskDescription[];
  readonly nic?: NicDescription;
  readonly vga?: 'std' | 'none';
  /** `127.x.y.z:port` (port 5900 or higher) or `unix:/path`; needs a VGA. */
  readonly vnc?: string;
  /** An absolute pointing device (virtio), so that a VNC pointer lands where it points. */
  readonly tablet?: boolean;
  /** Give the guest what it needs to run virtual machines itself. */
  readonly nestedVirtualization?: boolean;
  /** A virtio random number generator. */
  readonly rng?: boolean;
  /** A channel for QEMU's guest agent (virtio-serial port `org.qemu.guest_agent.0`); see `RunningMachine.agent`. */
  readonly guestAgent?: boolean;
  /**
   * The guest may mark one point of its boot, from which it would go on alike on other disks (a write to the port of QEMU's
   * pvpanic device): see `RunningMachine.stopAtMark`.
   */
  readonly bootMark?: boolean;
  /** Tells the guest that its boot is kept at the mark, so that work is worth while there which pays off later only. */
  readonly bootMarkKept?: boolean;
  /** PCI Express ports that wait for disks which are plugged in while the machine runs. */
  readonly hotPlugPorts?: number;
  /** The firmware's UUID (SMBIOS), seen by iPXE as `${uuid}`. */
  readonly uuid?: string;
  /** The hardware clock at power-on, ISO 8601 UTC (`2026-01-31T12:00:00`); default: the host's. */
  readonly clock?: string;
}
