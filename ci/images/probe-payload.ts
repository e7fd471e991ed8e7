import { join } from 'node:path';
import type { LabImages } from '../../images';
import type { ProbePayload } from '../../simulators/vm';

type Linux = Pick<LabImages, 'kernel' | 'bootInitrd'>;

/** What decides whether KVM works: a kernel that says when it reached user space, and stops. The lab takes the same. */
export function probePayload({ kernel, bootInitrd }: Linux): ProbePayload {
  return {
    kernel: join(kernel, 'vmlinux'),
    initrd: join(bootInitrd, 'initrd'),
    commandLine: 'console=ttyS0 quiet panic=-1 standin.probe',
    marker: 'standin: user space reached',
  };
}

/**
 * The Linux that the tests of simulators/vm boot and fork, in the variables that they read: the boot manager, which
 * finds no disk to start from, says so and waits.
 */
export function testKernelEnvironment({ kernel, bootInitrd }: Linux): Record<string, string> {
  return {
    RESCUE_LAB_TEST_KERNEL: join(kernel, 'vmlinux'),
    RESCUE_LAB_TEST_INITRD: join(bootInitrd, 'initrd'),
    RESCUE_LAB_TEST_MARKER: 'Missing operating system',
  };
}
