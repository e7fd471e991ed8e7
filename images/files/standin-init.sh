#!/bin/busybox sh
# PID 1 of the stand-in's userland: a small init that starts the resident service and the servers around it. It waits for
# lines on pipes, never by asking again and again, and calls few programs: each costs some 40 ms in a nested machine.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/opt/node/bin HOME=/root LANG=C.UTF-8
# Ctrl+Alt+Del reaches process 1 as SIGINT: the logon screen answers it, not this script.
trap "" INT
say() { read -r up _ < /proc/uptime; echo "standin: $* ($up s after power-on)" > /dev/ttyS0; }
# Asking modprobe takes long for what is there already.
load() { [ -e "/sys/module/$1" ] || modprobe "$1" 2>/dev/null; }
say "userland starts"
# The resident service writes what it needs and how far it is, a word a line. It starts sshd and the RDP server by itself,
# as the services and the firewall of its Windows say.
if [ -e /run/started-ahead ]; then
  echo start > /run/standin/word
else
  { . /opt/standin/start-service; } > /run/standin/guest.log 2>&1 3> /run/standin/progress &
fi
exec 4< /run/standin/progress
{
  busybox ip link set lo up
  load virtio_net
  busybox ip link set eth0 up 2>/dev/null && udhcpc -i eth0 -n -q -t 20 -T 1 -s /opt/standin/udhcpc.sh > /dev/null 2>&1
  [ ! -e /run/standin/address ] || read -r address < /run/standin/address
  : > /run/standin/network
  say "network $address"
  load evdev
  load button
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
say "resident service ended: $(tail -n 5 /run/standin/guest.log)"
while :; do sleep 3600; done
