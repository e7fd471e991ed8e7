# Puts the layers /layer and /base together at /new, with a writable one in memory and what every Linux has.
mkdir -p /run/userland/upper /run/userland/work
mount -t overlay -o lowerdir=/layer:/base,upperdir=/run/userland/upper,workdir=/run/userland/work overlay /new
mount -t proc proc /new/proc
mount -t sysfs sys /new/sys
mount -t devtmpfs dev /new/dev
mkdir -p /new/dev/pts /new/dev/shm /run/standin /run/sshd
mount -t devpts -o gid=5,mode=620 devpts /new/dev/pts
mount -t tmpfs tmpfs /new/tmp
mkdir /new/tmp/.X11-unix
[ -e /run/standin/progress ] || mkfifo /run/standin/progress /run/standin/display
