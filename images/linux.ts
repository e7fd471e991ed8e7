import path from 'node:path';

/**
 * What every Linux in the lab's machines is started with. The figures behind the unusual ones were measured under TCG:
 * `clearcpuid=rep_good` avoids string instructions that TCG emulates byte by byte, `cryptomgr.notests`,
 * `no_timer_check` and `tsc=reliable` leave out trials of hardware, `random.trust_cpu=on` does not wait for entropy.
 * `rodata=off` leaves out a walk through all page tables (0.18 s), `initcall_blacklist` a self-test that `notests` does not
 * reach (0.14 s) and the tracing of probes (0.1 s).
 */
export const linuxParameters =
  'console=ttyS0 quiet panic=-1 no_timer_check tsc=reliable random.trust_cpu=on cryptomgr.notests clearcpuid=rep_good net.ifnames=0 ' +
  'rodata=off initcall_blacklist=crypto_kdf108_init,init_kprobe_trace';

/**
 * A Linux for a machine to start directly, which says (`marker`) when it reached user space, and stops: what decides
 * whether KVM works.
 * @param images directories of the images
 */
export function probeLinux(images: { readonly kernel: string; readonly bootInitrd: string }) {
  return {
    kernel: path.join(images.kernel, 'vmlinux'),
    initrd: path.join(images.bootInitrd, 'initrd'),
    commandLine: 'console=ttyS0 quiet panic=-1 standin.probe',
    marker: 'standin: user space reached',
  };
}
