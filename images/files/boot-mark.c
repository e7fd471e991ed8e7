/*
 * Marks a point of the boot: kernel and boot manager are in memory, and nothing has looked at a disk yet. A host that wants
 * to keep this state stops the machine at the write to the port of QEMU's pvpanic device (docs/specs/pvpanic.rst), so that
 * the next instruction may run much later, and in another machine: what time and chance are there, the hardware tells.
 * Without such a device nobody hears the write.
 */
#include <fcntl.h>
#include <linux/random.h>
#include <linux/rtc.h>
#include <sys/io.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

enum { PVPANIC_PORT = 0x505, PVPANIC_PANICKED = 1 };

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

int main(void) {
  if (ioperm(PVPANIC_PORT, 1, 1) == 0) outb(PVPANIC_PANICKED, PVPANIC_PORT);
  set_clock();
  /* With the processor's own random numbers, of which no two machines have the same. */
  int random = open("/dev/urandom", O_WRONLY);
  if (random >= 0) ioctl(random, RNDRESEEDCRNG);
  return 0;
}
