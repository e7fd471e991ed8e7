import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Given, Then, When } from '@cucumber/cucumber';
import { placeFile, runDiskTool } from '../simulators/lab';
import { repairs, terminalOf } from './boot-repair-ways';
import { ask } from './diskpart';
import type { RescueWorld } from './world';

const SYSTEM32 = '\\Windows\\System32';

/** Its size is not a multiple of anything that a transfer could be cut at. */
const FILE_BYTES = 3_000_017;

Given('a file of many bytes lies on its Windows volume', async function (this: RescueWorld) {
  const bytes = randomBytes(FILE_BYTES);
  this.file = { name: 'Quarterly figures.bin', content: digestOf(bytes) };
  await placeFile(this.lab.nova.originalDisk, `"C:\\Users\\Public\\${this.file.name}"`, bytes);
});

When('she fetches the file over SFTP from the rescue system', async function (this: RescueWorld) {
  const path = `/${this.letters.windows}:/Users/Public/${this.file.name}`;
  this.seen = digestOf(await this.ssh(this.login).download(path));
});

Then('she has every byte of it, and sees the drives of both systems', async function (this: RescueWorld) {
  assert.equal(this.seen, this.file.content);
  const said = await this.ssh(this.login).sftp(['pwd', 'ls -1 /']);
  const { system, windows } = this.letters;
  const drives = ['C', ...new Set([system, windows])].sort().map((letter) => `/${letter}:`);
  assert.deepEqual(
    said.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('sftp>')),
    ['Remote working directory: /C:/Users/Administrator', ...drives],
  );
});

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

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
