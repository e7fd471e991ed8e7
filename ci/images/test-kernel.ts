import { type LabImages, probeLinux } from '../../images';

/**
 * The Linux that the tests of simulators/vm boot and fork, in the variables that they read: the boot manager, which
 * finds no disk to start from, says so and waits.
 */
export function testKernelEnvironment(
  images: Pick<LabImages, 'kernel' | 'bootInitrd'>,
): Record<string, string> {
  const { kernel, initrd } = probeLinux(images);
  return {
    RESCUE_LAB_TEST_KERNEL: kernel,
    RESCUE_LAB_TEST_INITRD: initrd,
    RESCUE_LAB_TEST_MARKER: 'Missing operating system',
  };
}
