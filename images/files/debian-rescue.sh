#!/bin/busybox sh
# PID 1 of the Debian rescue system that an ovh server netboots: lets root in by SSH and at the console, with the password
# of its session, or by SSH with the customer's key.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /run/sshd && mount -t devpts -o gid=5,mode=620 devpts /dev/pts
mount -t tmpfs tmpfs /tmp
# /sbin/reboot and Ctrl+Alt+Del.
trap "sync; busybox reboot -f" TERM INT
echo 0 > /proc/sys/kernel/ctrl-alt-del
say() { echo "rescue-customer: $*" > /dev/ttyS0; echo "rescue-customer: $*" > /dev/tty0; }
modprobe -a evdev fuse vfat nls_cp437 nls_ascii
while session=$(busybox wget -q -O - "http://10.0.2.4/session?settled"); [ -z "$session" ]; do sleep 1; done
given() { printf '%s' "$session" | jq -r ".$1 // empty"; }
busybox hostname "$(given hostName)"
busybox date -u -s "$(given time | busybox sed 's/T/ /; s/[.].*//')" > /dev/null
given sshKey > /root/.ssh/authorized_keys
[ -s /root/.ssh/authorized_keys ] || echo "root:$(given password)" | chpasswd --crypt-method SHA512
ssh-keygen -q -t ed25519 -N '' -f /etc/ssh/ssh_host_ed25519_key
# It goes on in the background once it listens.
/usr/sbin/sshd && busybox wget -q -O /dev/null --post-data '' http://10.0.2.4/ready && say "root can log in by SSH"
while :; do
  busybox setsid busybox getty 0 tty1 linux &
  wait $!
done
