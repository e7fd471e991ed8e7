import { describe, expect, it } from 'vitest';
import type { MachineDescription } from './machine-description';
import { qemuArguments } from './qemu-arguments';

const options = {
  accelerator: 'tcg',
  sessionId: 'abc',
  memory: { path: '/m/ram', share: true },
  qmpSocket: '/m/qmp',
  serialSocket: '/m/serial',
  serialLog: '/m/serial.log',
  resetLog: '/m/cpu-resets.log',
} as const;
const plain: MachineDescription = { name: 'server', cpus: 2, memoryMiB: 512, firmware: 'bios' };

/** The values that follow an option. */
function values(argv: readonly string[], option: string): string[] {
  return argv.flatMap((word, index) => (word === option ? [argv[index + 1] ?? ''] : []));
}

describe('qemuArguments', () => {
  it('takes nothing of QEMU defaults and names the session', () => {
    expect(qemuArguments(plain, options)).toEqual([
      ...['-no-user-config', '-nodefaults', '-display', 'none'],
      ...['-name', 'guest=rescue-lab/abc/server'],
      ...[
        '-machine',
        'q35,memory-backend=ram,sata=off',
        '-accel',
        'tcg,thread=multi',
        '-cpu',
        'max,-erms,-fsrm,-la57',
      ],
      ...['-smp', '2', '-m', '512M'],
      ...['-object', 'memory-backend-file,id=ram,size=512M,mem-path=/m/ram,share=on'],
      ...['-chardev', 'socket,id=qmp,path=/m/qmp', '-mon', 'chardev=qmp,mode=control'],
      ...['-chardev', 'socket,id=serial0,path=/m/serial,logfile=/m/serial.log', '-serial', 'chardev:serial0'],
      ...['-d', 'cpu_reset', '-D', '/m/cpu-resets.log'],
      ...['-rtc', 'base=utc', '-device', 'VGA,id=vga0', '-nic', 'none'],
    ]);
  });

  it('keeps the RAM in no file where nothing will be saved of it', () => {
    const argv = qemuArguments(plain, { ...options, memory: undefined });
    expect(values(argv, '-object')).toEqual(['memory-backend-ram,id=ram,size=512M']);
  });

  it('leaves the SATA controller where a drive needs it', () => {
    const drive = (bus: 'virtio' | 'sata' | 'ide-cdrom') =>
      ({ id: bus, path: '/m/disk', format: 'raw', interface: bus }) as const;
    const machine = (bus: Parameters<typeof drive>[0]) =>
      values(qemuArguments({ ...plain, disks: [drive(bus)] }, options), '-machine').join();
    expect(machine('virtio')).toContain('sata=off');
    expect(machine('sata')).not.toContain('sata=off');
    expect(machine('ide-cdrom')).not.toContain('sata=off');
    expect(values(qemuArguments({ ...plain, chipset: 'pc' }, options), '-machine').join()).not.toContain(
      'sata',
    );
  });

  it("has a channel for the guest's agent, and ports for disks that come later, where they are asked for", () => {
    const disk = { id: 'data', path: '/m/data', format: 'raw', interface: 'virtio', hotPlugPort: 1 } as const;
    const machine = { ...plain, guestAgent: true, hotPlugPorts: 2, disks: [disk] };
    const argv = qemuArguments(machine, { ...options, agentSocket: '/m/agent' });
    expect(values(argv, '-chardev')).toContain('socket,id=agent0,path=/m/agent');
    expect(values(argv, '-device')).toEqual([
      'VGA,id=vga0',
      'virtio-serial-pci,id=agent-bus',
      'virtserialport,chardev=agent0,name=org.qemu.guest_agent.0',
      'pcie-root-port,id=hot-plug-0,chassis=1,slot=1',
      'pcie-root-port,id=hot-plug-1,chassis=2,slot=2',
      'virtio-blk-pci,drive=data,id=disk-data,bus=hot-plug-1',
    ]);
  });

  it('tells a guest that may mark its boot whether it is kept there', () => {
    const devices = (machine: Partial<MachineDescription>) =>
      values(qemuArguments({ ...plain, ...machine }, options), '-device').join();
    expect(devices({ bootMark: true })).toContain('pvpanic,events=1');
    expect(devices({ bootMark: true, bootMarkKept: true })).toContain('pvpanic,events=3');
    expect(devices({ bootMarkKept: true })).not.toContain('pvpanic');
  });

  it('gives UEFI its program and the variables of the server', () => {
    const argv = qemuArguments({ ...plain, firmware: 'uefi' }, { ...options, uefiVariables: '/m/vars' });
    expect(values(argv, '-machine')).toEqual([
      'q35,memory-backend=ram,sata=off,pflash0=firmware,pflash1=variables',
    ]);
    expect(values(argv, '-blockdev').map((node) => JSON.parse(node))).toEqual([
      {
        driver: 'file',
        'node-name': 'firmware',
        filename: '/usr/share/OVMF/OVMF_CODE_4M.fd',
        'read-only': true,
      },
      { driver: 'file', 'node-name': 'variables', filename: '/m/vars', 'read-only': false },
    ]);
    expect(() => qemuArguments({ ...plain, firmware: 'uefi' }, options)).toThrow('a file for its variables');
  });

  it('chooses the processor for nested virtualization', () => {
    const cpu = (nested: boolean, accelerator: 'kvm' | 'tcg') =>
      values(qemuArguments({ ...plain, nestedVirtualization: nested }, { ...options, accelerator }), '-cpu');
    expect(cpu(true, 'tcg')).toEqual(['max,-erms,-fsrm,-la57,+svm,-xsave']);
    expect(cpu(true, 'kvm')).toEqual(['host']);
  });

  it('boots a kernel directly, with commas in its command line', () => {
    const kernelBoot = { kernel: '/k', initrd: '/i', commandLine: 'console=ttyS0,115200 quiet' };
    const argv = qemuArguments({ ...plain, kernelBoot, clock: '2026-01-31T12:00:00', uuid: 'u' }, options);
    expect(values(argv, '-kernel')).toEqual(['/k']);
    expect(values(argv, '-initrd')).toEqual(['/i']);
    expect(values(argv, '-append')).toEqual(['console=ttyS0,115200 quiet']);
    expect(values(argv, '-rtc')).toEqual(['base=2026-01-31T12:00:00']);
    expect(values(argv, '-uuid')).toEqual(['u']);
  });

  it('attaches disks in their order, each to its kind of controller', () => {
    const disk = { path: '/d', format: 'qcow2' } as const;
    const argv = qemuArguments(
      {
        ...plain,
        disks: [
          { ...disk, id: 'system', interface: 'sata', bootIndex: 0, serial: 'S1' },
          { ...disk, id: 'data', path: '/a,b', interface: 'virtio', readOnly: true },
          { ...disk, id: 'cd', format: 'raw', interface: 'ide-cdrom' },
          { ...disk, id: 'stick', interface: 'usb' },
        ],
      },
      options,
    );
    expect(values(argv, '-device')).toEqual([
      'VGA,id=vga0',
      'qemu-xhci,id=usb',
      'ide-hd,drive=system,id=disk-system,bootindex=0,serial=S1,bus=ide.0',
      'virtio-blk-pci,drive=data,id=disk-data',
      'ide-cd,drive=cd,id=disk-cd,bus=ide.1',
      'usb-storage,drive=stick,id=disk-stick,bus=usb.0',
    ]);
    expect(values(argv, '-blockdev').map((node) => JSON.parse(node))).toMatchObject([
      { driver: 'qcow2', 'node-name': 'system', 'read-only': false, file: { filename: '/d' } },
      { 'node-name': 'data', 'read-only': true, file: { filename: '/a,b' } },
      { driver: 'raw', 'node-name': 'cd', 'read-only': true },
      { 'node-name': 'stick' },
    ]);
  });

  it('puts the copying filter between the device and a tracked disk', () => {
    const disks = [
      { id: 'system', path: '/d', format: 'qcow2', interface: 'virtio', readOnly: true },
    ] as const;
    const source = { path: '/reads', format: 'qcow2', copyOnRead: true } as const;
    const argv = qemuArguments(
      { ...plain, disks },
      { ...options, diskSources: new Map([['system', source]]) },
    );
    expect(values(argv, '-blockdev').map((node) => JSON.parse(node))).toMatchObject([
      { 'node-name': 'system.fmt', 'read-only': false, file: { filename: '/reads' } },
      { driver: 'copy-on-read', 'node-name': 'system', file: 'system.fmt' },
    ]);
  });

  it('closes the network but for the forwards', () => {
    const nic = {
      mac: '52:54:00:12:34:56',
      network: '192.0.2.0/24',
      host: '192.0.2.1',
      dhcpStart: '192.0.2.7',
      bootFile: 'http://192.0.2.4/boot?a=1,b=2',
      bootIndex: 1,
      hostForwards: [{ hostAddress: '127.1.2.3', hostPort: 22, guestPort: 22 }],
      guestForwards: [{ address: '192.0.2.4', port: 80, unixSocket: '/run/provider.sock' }],
    };
    const argv = qemuArguments({ ...plain, nic }, options);
    expect(values(argv, '-netdev')).toEqual([
      'user,id=net0,restrict=on,net=192.0.2.0/24,host=192.0.2.1,dhcpstart=192.0.2.7,' +
        'bootfile=http://192.0.2.4/boot?a=1,,b=2,hostfwd=tcp:127.1.2.3:22-:22,' +
        'guestfwd=tcp:192.0.2.4:80-cmd:socat - UNIX-CONNECT:/run/provider.sock',
    ]);
    expect(values(argv, '-device').at(-1)).toBe(
      'virtio-net-pci,netdev=net0,id=nic0,mac=52:54:00:12:34:56,bootindex=1',
    );
  });

  it('counts VNC displays from port 5900', () => {
    const vnc = (address: string) => values(qemuArguments({ ...plain, vnc: address }, options), '-vnc');
    expect(vnc('127.1.2.3:5900')).toEqual(['127.1.2.3:0']);
    expect(vnc('127.1.2.3:5917')).toEqual(['127.1.2.3:17']);
    expect(vnc('unix:/run/vnc')).toEqual(['unix:/run/vnc']);
    expect(() => vnc('127.1.2.3:5899')).toThrow(
      '"127.1.2.3:5899" cannot be a VNC address: write 127.x.y.z:port with a port of 5900 or higher, or unix:/path.',
    );
  });

  const disk = (id: string, kind: 'sata' | 'virtio' = 'virtio') =>
    ({ id, path: '/d', format: 'raw', interface: kind }) as const;
  it.each([
    [{ disks: [disk('a'), disk('a')] }, 'The machine "server" has two disks with the id "a"'],
    [{ disks: [disk('C:')] }, '"C:" cannot be a disk id'],
    [{ disks: [{ ...disk('a', 'sata'), readOnly: true }] }, 'SATA disks cannot be that'],
    [{ disks: [...'abcdefg'].map((id) => disk(id, 'sata')) }, 'more than 6 SATA/IDE drives'],
    [
      { chipset: 'pc' as const, disks: [...'abcde'].map((id) => disk(id, 'sata')) },
      'more than 4 SATA/IDE drives',
    ],
    [{ vga: 'none' as const, vnc: '127.0.0.1:5900' }, 'has a VNC address (127.0.0.1:5900) and no VGA'],
    [
      { nic: { mac: 'x', guestForwards: [{ address: '10.0.2.4', port: 80, unixSocket: '/a b' }] } },
      'The guest forward 10.0.2.4:80 cannot lead to the socket "/a b"',
    ],
  ])('refuses what QEMU could not do: %j', (part, message) => {
    expect(() => qemuArguments({ ...plain, ...part }, options)).toThrow(message);
  });
});
