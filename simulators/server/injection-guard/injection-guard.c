/*
 * Keeps KVM guests alive inside a machine that TCG emulates (seen with QEMU 7.2, and once with 10.0).
 *
 * QEMU's emulated VMRUN delivers the interrupt that KVM asks it to inject, but leaves the vector noted as the CPU's
 * pending exception (target/i386/tcg, svm_helper.c, SVM_EVTINJ_TYPE_INTR). When QEMU next asks this CPU to leave
 * its loop before the guest has left by itself, the same vector is delivered once more, mostly into the first
 * instruction of its own handler: the guest takes an interrupt with interrupts off, and panics or hangs.
 *
 * The note is dropped on #VMEXIT. So this program makes KVM leave at once after each injection: a BPF program at KVM's
 * tracepoint kvm_inj_virq remembers the injection, one at kvm_entry, which runs with interrupts off just before VMRUN,
 * raises an interrupt on this CPU (the wake-up of a perf event, an IPI to itself). It is taken between the delivery
 * and the guest's first instruction. Cost: one more exit per injected interrupt.
 *
 * Usage: injection-guard    sets it up, prints one line, closes its output and stays; ends at once where TCG is not the host.
 */
#include <cpuid.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define INSTRUCTION(operation, to, from, distance, value) \
  ((struct bpf_insn){.code = (operation), .dst_reg = (to), .src_reg = (from), .off = (distance), .imm = (value)})
#define MOVE(to, from) INSTRUCTION(BPF_ALU64 | BPF_MOV | BPF_X, to, from, 0, 0)
#define SET(to, value) INSTRUCTION(BPF_ALU64 | BPF_MOV | BPF_K, to, 0, 0, value)
#define ADD(to, value) INSTRUCTION(BPF_ALU64 | BPF_ADD | BPF_K, to, 0, 0, value)
#define STORE(distance, from) INSTRUCTION(BPF_STX | BPF_MEM | BPF_DW, BPF_REG_10, from, distance, 0)
#define CALL(helper) INSTRUCTION(BPF_JMP | BPF_CALL, 0, 0, 0, helper)
#define SKIP_UNLESS_ZERO(from, count) INSTRUCTION(BPF_JMP | BPF_JNE | BPF_K, from, 0, count, 0)
#define MAP(to, map) \
  INSTRUCTION(BPF_LD | BPF_DW | BPF_IMM, to, BPF_PSEUDO_MAP_FD, 0, map), INSTRUCTION(0, 0, 0, 0, 0)
#define END INSTRUCTION(BPF_JMP | BPF_EXIT, 0, 0, 0, 0)
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void fail(const char *what) {
  fprintf(stderr, "injection-guard: %s: %s\n", what, strerror(errno));
  exit(1);
}

static int bpf(enum bpf_cmd command, union bpf_attr *attributes) {
  return (int)syscall(__NR_bpf, command, attributes, sizeof *attributes);
}

static int make_map(enum bpf_map_type type, uint32_t key_size, uint32_t value_size, uint32_t entries) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_type = type;
  attributes.key_size = key_size;
  attributes.value_size = value_size;
  attributes.max_entries = entries;
  int map = bpf(BPF_MAP_CREATE, &attributes);
  if (map < 0) fail("cannot make a BPF map");
  return map;
}

static void put(int map, uint32_t key, uint32_t value) {
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.map_fd = (uint32_t)map;
  attributes.key = (uint64_t)(uintptr_t)&key;
  attributes.value = (uint64_t)(uintptr_t)&value;
  if (bpf(BPF_MAP_UPDATE_ELEM, &attributes) < 0) fail("cannot fill a BPF map");
}

static void attach(const char *tracepoint, const struct bpf_insn *program, size_t length) {
  static char log[65536];
  union bpf_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
  attributes.insns = (uint64_t)(uintptr_t)program;
  attributes.insn_cnt = (uint32_t)length;
  attributes.license = (uint64_t)(uintptr_t) "GPL";
  attributes.log_buf = (uint64_t)(uintptr_t)log;
  attributes.log_size = sizeof log;
  attributes.log_level = 1;
  int loaded = bpf(BPF_PROG_LOAD, &attributes);
  if (loaded < 0) {
    fprintf(stderr, "%s", log);
    fail("the kernel refuses the BPF program");
  }
  memset(&attributes, 0, sizeof attributes);
  attributes.raw_tracepoint.name = (uint64_t)(uintptr_t)tracepoint;
  attributes.raw_tracepoint.prog_fd = (uint32_t)loaded;
  if (bpf(BPF_RAW_TRACEPOINT_OPEN, &attributes) < 0) fail(tracepoint);
}

/* A perf event that interrupts its CPU at each output: mapped read-only, so that its buffer never fills up. */
static int make_alarm(int cpu) {
  struct perf_event_attr attributes;
  memset(&attributes, 0, sizeof attributes);
  attributes.size = sizeof attributes;
  attributes.type = PERF_TYPE_SOFTWARE;
  attributes.config = PERF_COUNT_SW_BPF_OUTPUT;
  attributes.sample_type = PERF_SAMPLE_RAW;
  attributes.sample_period = 1;
  attributes.wakeup_events = 1;
  int event = (int)syscall(__NR_perf_event_open, &attributes, -1, cpu, -1, PERF_FLAG_FD_CLOEXEC);
  if (event < 0) fail("cannot open a perf event");
  size_t size = 2 * (size_t)sysconf(_SC_PAGESIZE);
  if (mmap(NULL, size, PROT_READ, MAP_SHARED, event, 0) == MAP_FAILED) fail("cannot map a perf event");
  if (ioctl(event, PERF_EVENT_IOC_ENABLE, 0) < 0) fail("cannot enable a perf event");
  return event;
}

static int runs_on_tcg(void) {
  unsigned int leaf, signature[3];
  __cpuid(0x40000000, leaf, signature[0], signature[1], signature[2]);
  return memcmp(signature, "TCGTCGTCGTCG", sizeof signature) == 0;
}

int main(void) {
  if (!runs_on_tcg()) {
    puts("injection-guard: not needed, this machine is not emulated by TCG");
    return 0;
  }
  int cpus = (int)sysconf(_SC_NPROCESSORS_CONF);
  int injected = make_map(BPF_MAP_TYPE_HASH, sizeof(uint64_t), sizeof(uint64_t), 256);
  int alarms = make_map(BPF_MAP_TYPE_PERF_EVENT_ARRAY, sizeof(uint32_t), sizeof(uint32_t), (uint32_t)cpus);
  for (int cpu = 0; cpu < cpus; cpu++) put(alarms, (uint32_t)cpu, (uint32_t)make_alarm(cpu));

  /* The thread that runs the virtual CPU is the key in both programs. */
  const struct bpf_insn on_injection[] = {
      CALL(BPF_FUNC_get_current_pid_tgid),
      STORE(-8, BPF_REG_0),
      STORE(-16, BPF_REG_0),
      MAP(BPF_REG_1, injected),
      MOVE(BPF_REG_2, BPF_REG_10),
      ADD(BPF_REG_2, -8),
      MOVE(BPF_REG_3, BPF_REG_10),
      ADD(BPF_REG_3, -16),
      SET(BPF_REG_4, BPF_ANY),
      CALL(BPF_FUNC_map_update_elem),
      SET(BPF_REG_0, 0),
      END,
  };
  const struct bpf_insn on_entry[] = {
      MOVE(BPF_REG_6, BPF_REG_1),
      CALL(BPF_FUNC_get_current_pid_tgid),
      STORE(-8, BPF_REG_0),
      MAP(BPF_REG_1, injected),
      MOVE(BPF_REG_2, BPF_REG_10),
      ADD(BPF_REG_2, -8),
      CALL(BPF_FUNC_map_delete_elem),
      SKIP_UNLESS_ZERO(BPF_REG_0, 8),
      MOVE(BPF_REG_1, BPF_REG_6),
      MAP(BPF_REG_2, alarms),
      INSTRUCTION(BPF_ALU | BPF_MOV | BPF_K, BPF_REG_3, 0, 0, (int32_t)BPF_F_CURRENT_CPU),
      MOVE(BPF_REG_4, BPF_REG_10),
      ADD(BPF_REG_4, -8),
      SET(BPF_REG_5, 8),
      CALL(BPF_FUNC_perf_event_output),
      SET(BPF_REG_0, 0),
      END,
  };
  attach("kvm_inj_virq", on_injection, COUNT(on_injection));
  attach("kvm_entry", on_entry, COUNT(on_entry));
  puts("injection-guard: KVM leaves its guests after each injected interrupt");
  /* Whoever reads what this program prints sees the end, and knows that the guard stands. */
  fclose(stdout);
  fclose(stderr);
  for (;;) pause();
}
