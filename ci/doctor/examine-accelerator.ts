import { allRecipes, cacheDirectory, emulatorProgram, ImageStore, probeLinux } from '../../images';
import { chooseAccelerator, describeAccelerator, qemuVersion, Session, useQemu } from '../../simulators/vm';
import type { Finding } from './finding';

export async function examineQemu(): Promise<Finding> {
  const base = { id: 'qemu', name: 'QEMU' };
  try {
    const emulator = await builtImage(new ImageStore(), 'emulator');
    if (emulator) useQemu(emulatorProgram(emulator));
    return { ...base, status: 'ok', found: await qemuVersion() };
  } catch (error) {
    return { ...base, status: 'missing', found: 'not found', advice: (error as Error).message };
  }
}

/**
 * Whether guests run in hardware. A kernel is booted to find out, for at most 5 s, and the answer kept; without the
 * images there is no kernel, and nothing worth keeping can be said.
 */
export async function examineAccelerator(): Promise<Finding> {
  const base = { id: 'accelerator', name: 'Accelerator' };
  const store = new ImageStore();
  const [kernel, bootInitrd] = await Promise.all(
    ['kernel', 'boot-initrd'].map((name) => builtImage(store, name)),
  );
  if (kernel === undefined || bootInitrd === undefined) {
    return {
      ...base,
      status: 'limited',
      found: 'not tried',
      advice: 'build the images first: they hold the kernel to try',
    };
  }
  await using session = Session.start();
  try {
    const payload = probeLinux({ kernel, bootInitrd });
    const accelerator = await chooseAccelerator({ session, cacheDir: cacheDirectory(), payload });
    const found = describeAccelerator(accelerator);
    const details = { ...accelerator };
    if (accelerator.kind === 'kvm') return { ...base, status: 'ok', found, details };
    return {
      ...base,
      status: 'limited',
      found,
      advice: 'guests run some ten times slower than with KVM; all works',
      details,
    };
  } catch (error) {
    return { ...base, status: 'missing', found: 'no guest could be tried', advice: (error as Error).message };
  }
}

async function builtImage(store: ImageStore, name: string): Promise<string | undefined> {
  const recipe = allRecipes.find((candidate) => candidate.name === name);
  const state = recipe && (await store.state(recipe));
  return state?.built && state.directory;
}
