import { join } from 'node:path';
import type { LabImages } from '../../images';
import type { ProbePayload } from '../../simulators/vm';

/**
 * The smallest Linux of the lab that reaches user space and says so: the boot manager, which finds no disk to start
 * from. It decides whether KVM works, and the tests of simulators/vm fork it.
 */
export function probePayload(images: Pick<LabImages, 'kernel' | 'bootInitrd'>): Required<ProbePayload> {
  return {
    kernel: join(images.kernel, 'vmlinux'),
    initrd: join(images.bootInitrd, 'initrd'),
    commandLine: 'console=ttyS0 quiet panic=-1',
    marker: 'Missing operating system',
  };
}
