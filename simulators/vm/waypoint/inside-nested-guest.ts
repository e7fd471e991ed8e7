import { readFile } from 'node:fs/promises';

/** Where `hflags` (u32, big-endian like all of the stream) stands: behind 16 registers, eip and eflags of 8 bytes each. */
const hflagsOffset = 18 * 8;
/** HF_GUEST_MASK of target/i386/cpu.h: the CPU executes a virtual machine of its own guest. */
const guestMode = 1 << 21;
/** The head of a device section in the stream: length and name, then instance and version (u32 each). */
const sectionHead = Buffer.from('\x03cpu', 'latin1');

/**
 * Whether a saved device state holds a CPU that was inside a nested guest at that moment. QEMU 7.2 refuses to load such
 * a state under TCG ("vCPU set in guest-mode inconsistent with migrated kernel nested state": `cpu_post_load` in
 * target/i386/machine.c compares it with what only KVM keeps). Layout: `vmstate_x86_cpu` in the same file.
 */
export async function insideNestedGuest(stateFile: string): Promise<boolean> {
  const state = await readFile(stateFile);
  let found = 0;
  for (let at = state.indexOf(sectionHead); at !== -1; at = state.indexOf(sectionHead, at + 1)) {
    const data = at + sectionHead.length + 8;
    if (state.readUInt32BE(at + sectionHead.length) !== found || data + hflagsOffset + 4 > state.length)
      continue;
    found++;
    if (state.readUInt32BE(data + hflagsOffset) & guestMode) return true;
  }
  if (found === 0) throw new Error(`${stateFile} holds no CPU: this QEMU writes its state in another way.`);
  return false;
}
