#!/bin/busybox sh
# What udhcpc calls with the lease: the server's address and its gateway, nothing else. A stand-in's init shows the address.
[ "$1" = bound ] || [ "$1" = renew ] || exit 0
busybox ip addr flush dev "$interface"
busybox ip addr add "$ip/${mask:-24}" dev "$interface"
[ -n "$router" ] && busybox ip route add default via "${router%% *}" dev "$interface"
[ ! -d /run/standin ] || echo "$ip/${mask:-24}" > /run/standin/address
exit 0
