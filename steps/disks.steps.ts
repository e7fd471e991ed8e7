import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Then, When } from '@cucumber/cucumber';
import { readFileFromMirrorHalf } from '../simulators/lab';
import { statusOfDisks } from './diskpart';
import { commandPrompt, diskpart, openTerminal, typeLine } from './terminal';
import type { RescueWorld } from './world';

/** The letter that the customer gives her mirrored volume in the rescue session. */
const letter = 'M';

When(
  "she brings the server's disks online and imports the foreign ones in diskpart",
  async function (this: RescueWorld) {
    this.terminal ??= await openTerminal(this, this.login);
    const { terminal } = this;
    await typeLine(terminal, 'diskpart', diskpart);
    const before = statusOfDisks(await typeLine(terminal, 'list disk', diskpart));
    assert.deepEqual(before, ['Online', 'Offline', 'Offline', 'Offline'], 'disk 0 is the rescue system');
    for (const disk of [1, 2, 3]) {
      await typeLine(terminal, `select disk ${disk}`, diskpart);
      const said = await typeLine(terminal, 'online disk', diskpart);
      assert.match(said, /DiskPart successfully onlined the selected disk\./);
      await typeLine(terminal, 'attributes disk clear readonly', diskpart);
    }
    const online = statusOfDisks(await typeLine(terminal, 'list disk', diskpart));
    assert.deepEqual(online, ['Online', 'Online', 'Foreign', 'Foreign']);
    await typeLine(terminal, 'import', diskpart);
    const imported = statusOfDisks(await typeLine(terminal, 'list disk', diskpart));
    assert.deepEqual(imported, ['Online', 'Online', 'Online', 'Online']);
    const volumes = await typeLine(terminal, 'list volume', diskpart);
    const mirror = /Volume (\d+) .*\bMirror\b/.exec(volumes)?.[1];
    assert.ok(mirror, `No mirrored volume is listed: ${volumes}`);
    await typeLine(terminal, `select volume ${mirror}`, diskpart);
    await typeLine(terminal, `assign letter=${letter}`, diskpart);
    this.seen = await typeLine(terminal, 'list volume', diskpart);
    assert.match(this.seen, new RegExp(`Volume ${mirror}\\s+${letter}\\s`));
    await typeLine(terminal, 'exit', commandPrompt);
  },
);

Then('her mirrored volume holds the file that only this run knows', async function (this: RescueWorld) {
  const { stdout } = await this.ssh(this.login).exec(`type ${letter}:\\${this.file.name}`);
  assert.equal(stdout.trim(), this.file.content);
});

When('she writes a note beside it', async function (this: RescueWorld) {
  const mark = randomBytes(6).toString('hex');
  this.note = { name: `note-${mark}.txt`, content: `Seen in rescue ${mark}` };
  const { exitCode } = await this.ssh(this.login).exec(
    `echo ${this.note.content}>${letter}:\\${this.note.name}`,
  );
  assert.equal(exitCode, 0);
});

Then('both halves of the mirror hold the note', async function (this: RescueWorld) {
  const { mirrorDisks, mirror } = this.lab.ovh;
  for (const half of [0, 1]) {
    const content = await readFileFromMirrorHalf(mirrorDisks, mirror, half, this.note.name);
    assert.equal(content.trim(), this.note.content, `half ${half}, read from outside`);
  }
});
