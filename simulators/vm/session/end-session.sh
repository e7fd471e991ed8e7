#!/bin/sh
# Ends what a session left behind: its processes, then its files. Run by the session's watcher when the
# runner's end of the pipe closes (also after SIGKILL), and by the reaper for sessions without an owner.
#   end-session.sh [--after-stdin] ROOT ID
# Only processes that carry the session's own mark are ended: noted with their start time in `processes`,
# or with RESCUE_LAB_SESSION=ID in their environment (children of the noted ones, e.g. a forward's socat).
set -u
trap '' INT TERM HUP
if [ "$1" = --after-stdin ]; then
  shift
  cat >/dev/null
fi
root=$1
id=$2
dir=$root/$id
case $id in
  '' | *[!a-zA-Z0-9-]*) exit 2 ;;
esac

# Field 22 of /proc/PID/stat; a zombie counts as gone. The name in field 2 may hold spaces and parentheses.
start_time() {
  read -r line <"/proc/$1/stat" || return 1
  set -- ${line##*) }
  [ "$1" != Z ] && echo "${20}"
} 2>/dev/null

living() {
  if [ -f "$dir/processes" ]; then
    while read -r pid started; do
      [ "$(start_time "$pid")" = "$started" ] && echo "$pid"
    done <"$dir/processes"
  fi
  grep -lzxF "RESCUE_LAB_SESSION=$id" /proc/[0-9]*/environ 2>/dev/null | while IFS=/ read -r _ _ pid _; do
    start_time "$pid" >/dev/null && echo "$pid"
  done
}

# A process of a previous boot or of another container cannot be told by its number.
here="$(cat /proc/sys/kernel/random/boot_id) $(readlink /proc/self/ns/pid)"
if [ ! -f "$dir/place" ] || [ "$(cat "$dir/place")" = "$here" ]; then
  tries=0
  while pids=$(living) && [ -n "$pids" ] && [ "$tries" -lt 250 ]; do
    kill -KILL $pids 2>/dev/null
    sleep 0.02 # the only way for sh to wait for processes that are not its children
    tries=$((tries + 1))
  done
fi

# Paths outside of the session's folder carry its id in their last part.
if [ -f "$dir/paths" ]; then
  while IFS= read -r path; do
    case ${path##*/} in
      *"$id"*) rm -rf -- "$path" ;;
    esac
  done <"$dir/paths"
fi
find "$root/addresses" -maxdepth 1 -lname "$id" -delete 2>/dev/null
rm -rf -- "$dir" "$root"/.new-*-"$id"
