const { RESCUE_LAB_TEST_KERNEL, RESCUE_LAB_TEST_INITRD, RESCUE_LAB_TEST_MARKER } = process.env;

/**
 * A Linux to test with, where one is given: RESCUE_LAB_TEST_KERNEL, RESCUE_LAB_TEST_INITRD and what its
 * init prints on ttyS0 first, RESCUE_LAB_TEST_MARKER.
 */
export const testKernel =
  RESCUE_LAB_TEST_KERNEL && RESCUE_LAB_TEST_INITRD && RESCUE_LAB_TEST_MARKER
    ? {
        kernel: RESCUE_LAB_TEST_KERNEL,
        initrd: RESCUE_LAB_TEST_INITRD,
        commandLine: 'console=ttyS0 quiet panic=-1',
        marker: RESCUE_LAB_TEST_MARKER,
      }
    : undefined;
