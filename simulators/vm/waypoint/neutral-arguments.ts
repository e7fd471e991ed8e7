import type { MachineDescription } from '../machine-description';
import { qemuArguments } from '../qemu-arguments';

/**
 * QEMU's arguments for a machine with everything left out that its guest cannot see: paths, host
 * addresses, names. Machines that agree here can share a waypoint.
 */
export function neutralArguments(description: MachineDescription, accelerator: 'kvm' | 'tcg'): string[] {
  const {
    kernelBoot,
    disks,
    nic,
    vnc,
    uefiVariables: _variables,
    bootMarkKept: _kept,
    ...rest
  } = description;
  const neutral: MachineDescription = {
    ...rest,
    name: 'machine',
    ...(kernelBoot && {
      kernelBoot: {
        ...kernelBoot,
        kernel: 'kernel',
        ...(kernelBoot.initrd !== undefined && { initrd: 'initrd' }),
      },
    }),
    ...(disks && {
      disks: disks.map((disk) => ({ ...disk, path: disk.id, format: 'raw' as const, trackReads: false })),
    }),
    ...(nic && {
      nic: { ...nic, ...(nic.romFile && { romFile: 'rom' }), hostForwards: [], guestForwards: [] },
    }),
    ...(vnc !== undefined && { vnc: '127.0.0.1:5900' }),
  };
  return qemuArguments(neutral, {
    accelerator,
    sessionId: 'session',
    memory: { path: 'ram', share: false },
    qmpSocket: 'qmp',
    serialSocket: 'serial',
    agentSocket: 'agent',
    serialLog: 'log',
    resetLog: 'cpu-resets.log',
    uefiVariables: 'variables',
  });
}
