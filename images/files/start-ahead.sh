#!/bin/sh
# start-ahead DISK KERNEL HAL: mounts the layers of a system that lie at these places (bytes) of its disk, and starts its
# resident service, which waits for the word that its system is the one to start.
disk=$1
losetup -r -o "$2" /dev/loop0 "$disk" && mount -t squashfs -o ro /dev/loop0 /base &&
  losetup -r -o "$3" /dev/loop1 "$disk" && mount -t squashfs -o ro /dev/loop1 /layer || exit
. /mount-userland
mkfifo /run/standin/word
# OpenSSL, which Node.js has its random numbers from, takes new ones from the kernel when the clock is behind the time of the
# last ones: two machines that go on from the mark do not have the same ones.
now=$(date +%s)
date -s "@$((now + 3000000000))" > /dev/null
STANDIN_WORD_FD=4 chroot /new /opt/standin/start-service 3<> /run/standin/progress 4<> /run/standin/word > /run/standin/guest.log 2>&1 < /dev/null &
read -r word < /run/standin/progress
date -s "@$now" > /dev/null
[ "$word" = ahead ] && echo $! > /run/started-ahead
