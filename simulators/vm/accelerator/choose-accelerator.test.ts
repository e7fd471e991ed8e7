import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../session/session';
import { startMachine } from '../start-machine';
import { qemuAvailable } from '../testing/qemu-available';
import { testKernel } from '../testing/test-kernel';
import { describeAccelerator } from './accelerator';
import { chooseAccelerator } from './choose-accelerator';

let session: Session;
let cacheDir: string;
beforeEach(() => {
  session = Session.start();
  cacheDir = mkdtempSync(join(tmpdir(), 'rescue-lab-cache-'));
});
afterEach(async () => {
  await session.dispose();
  rmSync(cacheDir, { recursive: true });
});

describe('chooseAccelerator', () => {
  it('takes the word of a person', async () => {
    const chosen = await chooseAccelerator({ session, cacheDir, override: 'kvm' });
    expect(describeAccelerator(chosen)).toBe('KVM (hardware): chosen by hand');
  });

  it('emulates where there is no KVM device', async () => {
    const chosen = await chooseAccelerator({ session, cacheDir, device: '/dev/no-such-kvm' });
    expect(describeAccelerator(chosen)).toBe('TCG (emulation): there is no /dev/no-such-kvm');
  });
});

describe.skipIf(!qemuAvailable)('chooseAccelerator with QEMU', () => {
  // A payload that cannot print its marker: wherever this runs, KVM must lose and the verdict be kept.
  const silent = () => {
    const kernel = join(cacheDir, 'not-a-kernel');
    writeFileSync(kernel, Buffer.alloc(8192));
    return { kernel, marker: 'never printed' };
  };

  it('emulates when the payload does not run under KVM, and remembers', async () => {
    const device = '/dev/null'; // present everywhere; QEMU itself opens /dev/kvm
    const choice = { session, cacheDir, device, payload: silent(), deadline: 300 };
    const chosen = await chooseAccelerator(choice);
    expect(chosen.kind).toBe('tcg');
    expect(chosen.reason).toMatch(
      /^KVM is there and did not (run a guest within 0.3 s|start a guest \(.+\))$/,
    );
    const kept = JSON.parse(readFileSync(join(cacheDir, 'accelerator.json'), 'utf8'));
    expect(Object.values(kept)).toEqual([chosen]);

    const [key = ''] = Object.keys(kept);
    const remembered = { kind: 'kvm', reason: 'from the cache' };
    writeFileSync(join(cacheDir, 'accelerator.json'), JSON.stringify({ [key]: remembered }));
    expect(await chooseAccelerator(choice)).toEqual(remembered);
  });

  it('does not stumble over a damaged cache', async () => {
    writeFileSync(join(cacheDir, 'accelerator.json'), '{"half');
    const chosen = await chooseAccelerator({
      session,
      cacheDir,
      device: '/dev/null',
      payload: silent(),
      deadline: 300,
    });
    expect(chosen.kind).toBe('tcg');
  });
});

describe.skipIf(!qemuAvailable || !testKernel)('chooseAccelerator with a kernel', () => {
  it('gives an accelerator that runs it', async () => {
    if (!testKernel) return;
    const accelerator = await chooseAccelerator({ session, cacheDir, payload: testKernel });
    const description = {
      name: 'linux',
      cpus: 1,
      memoryMiB: 256,
      firmware: 'bios',
      kernelBoot: testKernel,
    } as const;
    await using machine = await startMachine(description, { session, accelerator });
    await machine.serial.waitFor(testKernel.marker, { deadline: 60_000, what: 'user space' });
  }, 90_000);
});
