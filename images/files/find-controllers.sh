# What there is of disks, from what the buses say. Before the mark only the first disk of the usual driver is looked at,
# /dev/vda: what the kernel knows of a disk it would take along to other disks. /run/more-disks has what is left for later:
# devices of that driver, and lists of modules, some 30 ms each under TCG, for the controllers of other buses that are there.
echo 0 > /sys/bus/virtio/drivers_autoprobe
load_modules virtio-disks
first=
for device in /sys/bus/virtio/devices/virtio[0-9] /sys/bus/virtio/devices/virtio[0-9][0-9]; do
  [ -e "$device" ] || continue
  read -r id < "$device/device"
  [ "$id" = 0x0002 ] || continue
  if [ -z "$first" ]; then
    first=${device##*/}
    echo "$first" > /sys/bus/virtio/drivers_probe
  else
    echo "device ${device##*/}"
  fi
done > /run/more-disks
echo 1 > /sys/bus/virtio/drivers_autoprobe
for device in /sys/bus/pci/devices/*; do
  read -r class < "$device/class"
  read -r id < "$device/device"
  case "$class $id" in
    0x0106*) echo "modules ahci" ;;
    0x0101*) echo "modules ide" ;;
    0x0c03*) echo "modules usb" ;;
    *" 0x1004" | *" 0x1048") echo "modules virtio-scsi" ;;
  esac
done >> /run/more-disks
