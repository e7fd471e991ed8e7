/*
 * Marks a point of the boot: kernel, boot manager and the system's programs are in memory, and nothing else of a disk is.
 * A host that wants to keep this state stops the machine at the write to the port of QEMU's pvpanic device
 * (docs/specs/pvpanic.rst), so that the next instruction may run much later, and in another machine: what time and chance
 * are there, the hardware tells, and what is on the disks, the disks. Without such a device nobody hears the write.
 */
#include <fcntl.h>
#include <linux/fs.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <string.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* Left alone while free memory is cleared. */
enum { SPARE_BYTES = 32 << 20 };
enum { PVPANIC_PORT = 0x505, PVPANIC_PANICKED = 1, PVPANIC_KEPT = 3 };

/* As the kernel itself does once when it starts (drivers/rtc/class.c): the hardware clock's seconds, and half of one. */
static void set_clock(void) {
  struct rtc_time now;
  int clock = open("/dev/rtc0", O_RDONLY);
  if (clock >= 0 && ioctl(clock, RTC_RD_TIME, &now) == 0) {
    struct tm utc = {.tm_sec = now.tm_sec, .tm_min = now.tm_min, .tm_hour = now.tm_hour,
                     .tm_mday = now.tm_mday, .tm_mon = now.tm_mon, .tm_year = now.tm_year};
    struct timeval time = {.tv_sec = timegm(&utc), .tv_usec = 500000};
    settimeofday(&time, NULL);
  }
  if (clock >= 0) close(clock);
}

static void on_disk(const char *path, unsigned long request) {
  int disk = open(path, O_RDONLY);
  if (disk >= 0) {
    ioctl(disk, request, 0);
    close(disk);
  }
}

/* Forgets what was read of the only disk that has been looked at, also by way of the layers on it; files stay in memory. */
static void forget_blocks(void) {
  on_disk("/dev/loop0", BLKFLSBUF);
  on_disk("/dev/loop1", BLKFLSBUF);
  on_disk("/dev/vda", BLKFLSBUF);
}

/* Pages that were used once would be kept with what was in them: the kernel gives them out anew, all zeros. */
static void clear_free_memory(void) {
  struct sysinfo memory;
  if (sysinfo(&memory) != 0) return;
  size_t size = (size_t)memory.freeram * memory.mem_unit;
  if (size <= SPARE_BYTES) return;
  size -= SPARE_BYTES;
  void *pages = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
  if (pages != MAP_FAILED) munmap(pages, size);
}

/* `boot-mark kept` tells by its exit code whether the host keeps the state at the mark. */
int main(int count, char **arguments) {
  int port = ioperm(PVPANIC_PORT, 1, 1) == 0;
  int kept = port && inb(PVPANIC_PORT) == PVPANIC_KEPT;
  if (count > 1 && strcmp(arguments[1], "kept") == 0) return kept ? 0 : 1;
  forget_blocks();
  if (kept) clear_free_memory();
  if (port) outb(PVPANIC_PANICKED, PVPANIC_PORT);
  /* Its partitions may be others now. */
  on_disk("/dev/vda", BLKRRPART);
  set_clock();
  /* With the processor's own random numbers, of which no two machines have the same. */
  int random = open("/dev/urandom", O_WRONLY);
  if (random >= 0) ioctl(random, RNDRESEEDCRNG);
  return 0;
}
