#!/bin/busybox sh
# Starts the resident service, which writes what it needs and how far it is to descriptor 3, a word a line.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/opt/node/bin HOME=/root LANG=C.UTF-8
# What the servers read of the disk when they start is in memory then.
if [ -n "$STANDIN_WORD_FD" ]; then
  sshd -V
  ntfs-3g --version
fi
STANDIN_PROGRESS_FD=3 exec node --min-semi-space-size=8 --snapshot-blob /opt/standin/guest.blob /opt/standin/guest
