#!/bin/busybox sh
# Runs OpenSSH's SFTP server for a user, as OpenSSH for Windows shows the drives: the folders /C:, /D: of its root.
# Arguments: the user's name, the folder to begin in, then letter and mount point of each drive. Only this server sees
# these mounts; they go with it.
[ -n "$SFTP_VIEW" ] || SFTP_VIEW=/run/standin/sftp exec busybox unshare -m "$0" "$@"
user=$1 folder=$2
shift 2
mkdir -p "$SFTP_VIEW"
mount -t tmpfs tmpfs "$SFTP_VIEW"
while [ $# -gt 0 ]; do
  mkdir "$SFTP_VIEW/$1:"
  mount --bind "$2" "$SFTP_VIEW/$1:"
  shift 2
done
# Nothing is made beside the drives.
mount -o remount,ro "$SFTP_VIEW"
SFTP_VIEW=$SFTP_VIEW SFTP_USER=$user LD_PRELOAD=/opt/standin/sftp-view.so exec /usr/lib/openssh/sftp-server -d "$folder"
