#!/bin/busybox sh
# PID 1 of the stand-in's userland: a small init that starts the resident service and the servers around it. It waits for
# lines on pipes, never by asking again and again, and calls few programs: each costs some 40 ms in a nested machine.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/opt/node/bin HOME=/root LANG=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/pts /dev/shm
mount -t devpts -o gid=5,mode=620 devpts /dev/pts
mount -t tmpfs tmpfs /tmp
mkdir -p /run/standin /run/sshd /tmp/.X11-unix
mkfifo /run/standin/progress /run/standin/display
# Ctrl+Alt+Del reaches process 1 as SIGINT: the logon screen answers it, not this script.
trap "" INT
say() { read -r up _ < /proc/uptime; echo "standin: $* ($up s after power-on)" > /dev/ttyS0; }
say "userland starts"
# The resident service writes what it needs and how far it is, a word a line. It starts sshd and the RDP server by itself,
# as the services and the firewall of its Windows say.
STANDIN_PROGRESS_FD=3 node --snapshot-blob /opt/standin/guest.blob /opt/standin/guest > /run/standin/guest.log 2>&1 3> /run/standin/progress &
resident=$!
exec 4< /run/standin/progress
{
  busybox ip link set lo up
  [ -e /sys/class/net/eth0 ] || modprobe virtio_net 2>/dev/null
  busybox ip link set eth0 up 2>/dev/null && udhcpc -i eth0 -n -q -t 20 -T 1 -s /opt/standin/udhcpc.sh > /dev/null 2>&1
  [ ! -e /run/standin/address ] || read -r address < /run/standin/address
  : > /run/standin/network
  say "network $address"
  modprobe -a evdev button 2>/dev/null
  : > /run/standin/keys
} &
start_display() {
  Xvfb :1 -screen 0 1024x768x24 -nolisten tcp -noreset -extension GLX -ac -displayfd 3 > /run/standin/xvfb.log 2>&1 3> /run/standin/display &
  read -r display < /run/standin/display
  echo "$display" > /run/standin/display-number.new && mv /run/standin/display-number.new /run/standin/display-number
}
start_terminal() {
  [ -z "$terminal" ] || return
  terminal=1
  USER=Administrator DISPLAY=:$display nice xterm -maximized -bg black -fg grey80 -fa 'DejaVu Sans Mono' -fs 11 -T 'Command Prompt' -e /usr/bin/standin-shell > /run/standin/xterm.log 2>&1 &
}
# No line comes when it has ended.
while read -r line <&4; do
  case "$line" in
    ssh) say "SSH is listening" ;;
    screen)
      modprobe bochs 2>/dev/null
      : > /run/standin/screen
      ;;
    display)
      [ -n "$display" ] || start_display
      [ -z "$ready" ] || start_terminal
      ;;
    servers)
      say "servers are listening"
      ready=1
      [ -z "$display" ] || start_terminal
      ;;
  esac
done
wait $resident
say "resident service ended: $(tail -n 5 /run/standin/guest.log)"
while :; do sleep 3600; done
