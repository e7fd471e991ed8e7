#!/bin/sh
# PID 1 of the first stage of both rescue systems: network, then the images over HTTP into memory. The kernel's command
# line says which rescue system it is (rescue.system=) and which images there are (rescue.images=, with commas between).
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs -o size=80% run /run
while read -r module; do insmod "/modules/$module" 2>/dev/null; done < /modules/order
ip link set lo up
ip link set eth0 up
udhcpc -i eth0 -n -q -t 20 -T 1 -s /udhcpc.sh > /dev/null
echo "rescue-customer: fetching the rescue system" > /dev/console
mkdir -p /run/images
for word in $(cat /proc/cmdline); do
  case "$word" in
    rescue.system=*) system=${word#*=} ;;
    rescue.images=*) images=${word#*=} ;;
  esac
done
IFS=,
for file in $images; do
  wget -q -O "/run/images/$file" "http://10.0.2.4/files/$system/$file" || {
    echo "rescue-customer: could not fetch $file from the provider" > /dev/console
    while :; do sleep 3600; done
  }
done
unset IFS
mkdir -p /lower/rescue /lower/base /run/upper /run/work /new
mount -t squashfs -o loop,ro /run/images/rescue.squashfs /lower/rescue
[ ! -e /run/images/base.squashfs ] || mount -t squashfs -o loop,ro /run/images/base.squashfs /lower/base
mount -t overlay -o lowerdir=/lower/rescue:/lower/base,upperdir=/run/upper,workdir=/run/work overlay /new
mkdir -p /new/run /new/dev /new/proc /new/sys
mount --move /run /new/run
exec switch_root /new /sbin/rescue-customer
