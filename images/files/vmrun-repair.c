/*
 * Repairs QEMU's emulated VMRUN, so that KVM guests inside a machine that TCG emulates live (QEMU 7.2 to 10.0).
 *
 * VMRUN delivers the interrupt that the hypervisor asks it to inject, but leaves its vector noted as the CPU's pending
 * exception (target/i386/tcg/system/svm_helper.c, SVM_EVTINJ_TYPE_INTR). When QEMU asks this CPU to leave its loop
 * before the guest has left by itself, the same vector is delivered once more, mostly into the first instruction of
 * its own handler: the guest takes an interrupt with interrupts off, and panics or hangs.
 *
 * QEMU's translated code calls what `helper_info_vmrun` names, and QEMU exports that name, as it does for its plugins.
 * So this library, preloaded, puts a function there that goes back to QEMU's loop after VMRUN, as VMRUN does in any
 * case, but by the way that drops the note. In a QEMU that is built otherwise it changes nothing, and says so.
 */
#define OF_QEMU __attribute__((weak))

/* The first member of TCGHelperInfo (include/tcg/helper-info.h). */
struct helper_info {
  void *function;
};

extern OF_QEMU struct helper_info helper_info_vmrun;
extern OF_QEMU void helper_vmrun(void *registers, int address_size, int length);
extern OF_QEMU void cpu_loop_exit_noexc(void *cpu);
extern OF_QEMU __thread void *current_cpu;
extern long write(int file, const void *text, unsigned long length);

static void vmrun(void *registers, int address_size, int length) {
  helper_vmrun(registers, address_size, length);
  cpu_loop_exit_noexc(current_cpu);
}

__attribute__((constructor)) static void repair(void) {
  static const char unknown[] = "vmrun-repair: this QEMU is built otherwise; machines inside machines may hang.\n";
  if (&helper_info_vmrun && &cpu_loop_exit_noexc && helper_info_vmrun.function == (void *)helper_vmrun)
    helper_info_vmrun.function = (void *)vmrun;
  else
    write(2, unknown, sizeof unknown - 1);
}
