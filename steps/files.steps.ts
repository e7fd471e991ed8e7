import assert from 'node:assert/strict';
import { Given, When } from '@cucumber/cucumber';
import { runDiskTool } from '../simulators/lab';
import { repairs, terminalOf } from './boot-repair-ways';
import { ask } from './diskpart';
import type { RescueWorld } from './world';

const SYSTEM32 = '\\Windows\\System32';

Given('its Windows volume is marked dirty', async function (this: RescueWorld) {
  const said = await runDiskTool([this.lab.nova.originalDisk], 'fsutil', ['dirty', 'set', 'C:']);
  assert.match(said, /now marked dirty/);
});

When(
  "she copies {string} from the rescue system's System32 to its own",
  async function (this: RescueWorld, name: string) {
    const own = `${this.letters.windows}:${SYSTEM32}\\${name}`;
    assert.match(await ask(terminalOf(this), `copy C:${SYSTEM32}\\${name} ${own}`), /1 file\(s\) copied\./);
    await repairs['bcdedit']?.(this);
  },
);

When(
  'she checks the volume with chkdsk and sees with fsutil that it is clean',
  async function (this: RescueWorld) {
    const { windows } = this.letters;
    const isDirty = () => ask(terminalOf(this), `fsutil dirty query ${windows}:`);
    assert.match(await isDirty(), /is Dirty/);
    const said = await ask(terminalOf(this), `chkdsk ${windows}: /f`);
    assert.match(await isDirty(), /is NOT Dirty/, said);
    await repairs['bcdedit']?.(this);
  },
);
