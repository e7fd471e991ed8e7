#!/bin/sh
# PID 1 of the boot manager: devices, then bootmgr.js decides. Exit status 0 means that /new holds the system to start.
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run
while read -r module; do insmod "/modules/$module" 2>/dev/null; done < /modules/order
qjs --std /bootmgr.js || {
  # The failure screen stays until Ctrl+Alt+Del, which restarts as on a PC.
  echo 1 > /proc/sys/kernel/ctrl-alt-del
  while :; do sleep 3600; done
}
mount --move /run /new/run
exec switch_root /new /sbin/standin-init
