import { afterEach, expect, test, vi } from 'vitest';
import { qemuProgram, useQemu } from './qemu-program';

afterEach(() => vi.unstubAllEnvs());

test("the environment's QEMU goes before the lab's, and that before the host's", () => {
  vi.stubEnv('RESCUE_LAB_QEMU', '');
  expect(qemuProgram()).toBe('qemu-system-x86_64');
  useQemu('/lab/qemu');
  expect(qemuProgram()).toBe('/lab/qemu');
  vi.stubEnv('RESCUE_LAB_QEMU', '/own/qemu');
  expect(qemuProgram()).toBe('/own/qemu');
});
