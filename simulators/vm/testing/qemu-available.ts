import { spawnSync } from 'node:child_process';

/** Whether this host has QEMU: tests that need it are skipped, visibly, where it has not. */
export const qemuAvailable = spawnSync('qemu-system-x86_64', ['--version']).status === 0;
