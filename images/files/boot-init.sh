#!/bin/sh
# PID 1 of the boot manager: devices first. A rescue system is started directly, from layers that its host attached;
# an installed one by bootmgr.js, from its own disk. Afterwards /new holds the system to start.
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs run /run
# For who reads the serial line: the firmware and the boot code are through.
echo "standin: the boot manager's Linux runs" > /dev/ttyS0
. /load-modules

start_rescue() {
  load_modules rescue
  for disk in /sys/block/vd*; do
    serial=
    read -r serial < "$disk/serial" 2>/dev/null
    case "$serial" in
      standin-base) base=/dev/${disk##*/} ;;
      standin-layer) layer=/dev/${disk##*/} ;;
      rescue-system) system=/dev/${disk##*/}1 ;;
    esac
  done
  mount -t squashfs -o ro "$base" /base &&
  mount -t squashfs -o ro "$layer" /layer &&
  mkdir -p /win/C &&
  ntfs-3g "$system" /win/C
}

case " $(cat /proc/cmdline) " in
  # The accelerator's probe: a kernel with user space is all it asks for.
  *" standin.probe "*) echo "standin: user space reached"; poweroff -f ;;
  *" standin.role=rescue "*) start_rescue ;;
  *) load_modules installed; . /find-controllers; qjs --std -m /bootmgr.js ;;
esac || {
  # The failure screen stays until Ctrl+Alt+Del, which restarts as on a PC.
  echo 0 > /proc/sys/kernel/ctrl-alt-del
  trap 'reboot -f' INT
  while :; do sleep 3600 & wait $!; done
}

# What was started ahead belongs to another system: this one has its own programs.
if [ -e /run/started-ahead ] && [ -e /run/other-programs ]; then
  read -r service < /run/started-ahead
  kill -9 "$service"
  umount -l /new
  mv /run/userland /run/userland-ahead
  rm /run/started-ahead /run/standin/progress /run/standin/display /run/standin/word
fi
[ -e /run/started-ahead ] || . /mount-userland
mkdir -p /new/run /new/win/C
mount --move /win/C /new/win/C
mount --move /run /new/run
exec switch_root /new /sbin/standin-init
