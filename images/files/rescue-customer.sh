#!/bin/busybox sh
# The Debian rescue system: starts the Windows rescue stand-in as a virtual machine that gets the server's disks, its
# address and its MAC, and shows the machine's picture on the server's own screen.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/opt/node/bin HOME=/root LANG=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts && mount -t devpts devpts /dev/pts
mount -t tmpfs tmpfs /tmp
# Ctrl+Alt+Del at the console is meant for the Windows inside, and reaches process 1 as SIGINT.
trap "" INT
say() { echo "rescue-customer: $*" > /dev/ttyS0; echo "rescue-customer: $*" > /dev/tty0; }
modprobe -a tun bridge bochs evdev
grep -q " svm\| vmx" /proc/cpuinfo && modprobe -a $(grep -q " svm" /proc/cpuinfo && echo kvm_amd || echo kvm_intel)
accelerator=kvm; cpu=host
[ -w /dev/kvm ] || { accelerator=tcg; cpu=max; say "no hardware virtualization: the nested machine will be slow"; }

# The nested machine takes over the server's MAC; this system keeps none of its own on the wire.
mac=$(cat /sys/class/net/eth0/address)
/bin/ip addr flush dev eth0
/bin/ip link set eth0 down
/bin/ip link set eth0 address 02:00:00:00:00:01
/bin/ip link add br0 type bridge forward_delay 0
/bin/ip tuntap add tap0 mode tap
/bin/ip link set eth0 master br0
/bin/ip link set tap0 master br0
/bin/ip link set eth0 promisc on up
/bin/ip link set tap0 up
/bin/ip link set br0 address 02:00:00:00:00:01 up

set --
for disk in /sys/block/vd[a-z] /sys/block/sd[a-z]; do
  [ -e "$disk" ] || continue
  name=$(basename "$disk")
  serial=$(cat "$disk/serial" 2>/dev/null)
  set -- "$@" -drive "file=/dev/$name,format=raw,if=none,id=$name,cache=none,discard=unmap" \
    -device "virtio-blk-pci,drive=$name,serial=${serial:-$name}"
done
say "starting the Windows rescue system ($accelerator)"
node /opt/rescue/relay.cjs /run/vnc.sock > /run/relay.log 2>&1 &
# Each exit of the nested machine is dear under TCG (docs/decisions/0029). pci=noearly: Linux on an AMD CPU looks for an AGP
# bridge by 16,000 port accesses. A periodic tick writes no MSR. qboot starts a kernel, and looks for nothing else.
# One CPU: a second one costs more in interrupts between the two than it brings (two cores under TCG).
while :; do
  qemu-system-x86_64 -name windows-rescue -M pc -accel "$accelerator" -cpu "$cpu" -smp 1 -m 1024 -nodefaults -no-user-config -bios qboot.rom \
    -kernel /run/images/vmlinux -initrd /run/images/boot-initrd \
    -append "@linux-parameters@ pci=noearly lapic=notscdeadline nohz=off highres=off standin.role=rescue" \
    -drive file=/run/images/windows-rescue.qcow2,format=qcow2,if=none,id=system,snapshot=off \
    -device virtio-blk-pci,drive=system,serial=rescue-system \
    "$@" \
    -drive file=/run/images/base.squashfs,format=raw,if=none,id=base,readonly=on \
    -device virtio-blk-pci,drive=base,serial=standin-base \
    -drive file=/run/images/standin.squashfs,format=raw,if=none,id=standin,readonly=on \
    -device virtio-blk-pci,drive=standin,serial=standin-layer \
    -netdev tap,id=net0,ifname=tap0,script=no,downscript=no -device "virtio-net-pci,netdev=net0,mac=$mac,romfile=" \
    -device virtio-rng-pci -vga std -vnc unix:/run/vnc.sock -display none -serial stdio -monitor none \
    > /dev/ttyS0 2>&1 < /dev/null
  say "the Windows rescue system has stopped: starting it again"
done
