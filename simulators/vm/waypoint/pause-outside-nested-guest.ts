import { setTimeout as pause } from 'node:timers/promises';
import type { QmpClient } from '../qmp/qmp-client';

/** How long the guest may run between two looks (ms), and how often we look: some 20 s in all. */
const between = 10;
const attempts = 1500;

/**
 * Pauses a machine whose guest runs virtual machines itself, at a moment when none of its CPUs is inside one. QEMU up
 * to 8.x refuses to load such a state under TCG (`cpu_post_load` in target/i386/machine.c compares it with KVM's nested
 * state, which is not there). A halted CPU is in the outer guest: its hypervisor intercepts the inner one's HLT.
 * Returns false, with the machine paused, when no such moment came.
 */
export async function pauseOutsideNestedGuest(qmp: QmpClient): Promise<boolean> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    await qmp.execute('stop');
    const registers = await qmp.execute('human-monitor-command', { 'command-line': 'info registers -a' });
    const halted = [...registers.matchAll(/\bHLT=([01])/g)].map(([, flag]) => flag === '1');
    if (halted.length > 0 && halted.every(Boolean)) return true;
    await qmp.execute('cont');
    await pause(between);
  }
  await qmp.execute('stop');
  return false;
}
