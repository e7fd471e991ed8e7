#!/bin/sh
# Ends what a session left behind: its processes, its containers, then its files. Run by the session's watcher when the
# runner's end of the pipe closes (also after SIGKILL), and by the reaper for sessions without an owner.
#   end-session.sh [--after-stdin] ROOT ID
# Only processes that carry the session's own mark are ended: noted with their start time in `processes`,
# or with RESCUE_LAB_SESSION=ID in their environment (children of the noted ones, e.g. a forward's socat).
# Containers are those with the label rescue-lab.session=ID, in the engines that `containers` names.
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
end_processes() {
  [ ! -f "$dir/place" ] || [ "$(cat "$dir/place")" = "$here" ] || return
  tries=0
  while pids=$(living) && [ -n "$pids" ] && [ "$tries" -lt 250 ]; do
    kill -KILL $pids 2>/dev/null
    sleep 0.02 # the only way for sh to wait for processes that are not its children
    tries=$((tries + 1))
  done
}
end_processes

# How often `containers` says a word of an engine.
count() {
  grep -cxF "$1 $2" "$dir/containers"
}

# A container may still be in the making where an engine was asked and had not answered: for 5 s it is waited for.
remove_containers() {
  wait=0
  [ "$(count asked "$1")" = "$(count answered "$1")" ] || wait=25
  tries=0
  while [ "$tries" -lt 50 ]; do
    found=$(timeout 20 docker --host "$1" ps --all --quiet --no-trunc --filter "label=rescue-lab.session=$id") || return 1
    [ -z "$found" ] && [ "$tries" -ge "$wait" ] && return 0
    [ -z "$found" ] || timeout 60 docker --host "$1" rm --force --volumes $found
    sleep 0.2 # no engine tells that it has nothing more to do
    tries=$((tries + 1))
  done
  return 1
} >/dev/null 2>&1

remaining=
if [ -f "$dir/containers" ] && command -v docker >/dev/null; then
  for engine in $(sed -n 's/^asked //p' "$dir/containers" | sort -u); do
    remove_containers "$engine" || remaining=yes
  done
fi

# Disk images are mounted in the session's folder, in a namespace that this script shares with the command that did it.
# The programs behind the mounts have ended; a folder with mounts cannot be removed.
unmount_all() {
  while read -r _ _ _ _ point _; do
    point=$(printf '%b' "$point")
    case $point in
      "$dir"/*) umount --lazy -- "$point" ;;
    esac
  done </proc/self/mountinfo
} 2>/dev/null
unmount_all

# Paths outside of the session's folder carry its id in their last part.
if [ -f "$dir/paths" ]; then
  while IFS= read -r path; do
    case ${path##*/} in
      *"$id"*) rm -rf -- "$path" ;;
    esac
  done <"$dir/paths"
fi
find "$root/addresses" -maxdepth 1 -lname "$id" -delete 2>/dev/null
rm -rf -- "$root"/.new-*-"$id"
if [ -z "$remaining" ]; then
  # While the kernel replaces its program, a process shows no environment: it can be missed above and still write.
  again=0
  until rm -rf --one-file-system -- "$dir" 2>/dev/null || [ "$again" -ge 100 ]; do
    end_processes
    unmount_all
    sleep 0.05 # nothing tells when the last writer is done
    again=$((again + 1))
  done
else
  # The engine does not answer: the next reaper asks it again.
  find "$dir" -mindepth 1 -maxdepth 1 ! -name containers ! -name place ! -name owner -exec rm -rf --one-file-system -- {} +
fi
