#!/bin/sh
# The drivers of the disks. An installed system may lie on any bus: a controller's modules, some 30 ms each under TCG, only
# where there is one.
. /load-modules
load_modules virtio-disks
for device in /sys/bus/pci/devices/*; do
  read -r class < "$device/class"
  read -r id < "$device/device"
  case "$class $id" in
    0x0106*) load_modules ahci ;;
    0x0101*) load_modules ide ;;
    0x0c03*) load_modules usb ;;
    *" 0x1004" | *" 0x1048") load_modules virtio-scsi ;;
  esac
done
