#!/bin/sh
# The disks that find-controllers.sh left for later.
. /load-modules
while read -r kind name; do
  case "$kind" in
    device) echo "$name" > /sys/bus/virtio/drivers_probe ;;
    modules) load_modules "$name" ;;
  esac
done < /run/more-disks
