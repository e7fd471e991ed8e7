import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Given, Then, When } from '@cucumber/cucumber';
import { placeFile, runDiskTool } from '../simulators/lab';
import { terminalOf } from './boot-repair-ways';
import { ask, importAll } from './diskpart';
import { shutDown, startAndLogIn } from './installed-server';
import { typeInDiskpart } from './terminal';
import type { RescueWorld, Server } from './world';

/** More than the stock image's disk has. */
const MIRROR_BYTES = 1 << 30;
const FOLDER = 'Users\\Public';
/** A row of diskpart's table of volumes: the mirror with the label of the Windows volume. */
const windowsMirror = /^[* ] Volume (\d+) {2,5}([A-Z])? +Windows +NTFS +Mirror /m;

Given(
  "Nadia's server has its system on a mirror of two dynamic disks, with a file that only this run knows",
  async function (this: RescueWorld) {
    await this.startLab({ families: [] });
    const second = await this.lab.blankDisk('second', MIRROR_BYTES);
    const server = await this.lab.installedServer({
      profile: 'windows-server-2008-r2',
      disks: (own) => [own, second],
    });
    this.home = server;
    this.file = { name: 'known.txt', content: `Only this run knows ${randomBytes(12).toString('hex')}` };
    const [own] = server.options.disks;
    assert.ok(own);
    await placeFile(own, `C:\\${FOLDER}\\${this.file.name}`, Buffer.from(this.file.content));
    const lines = ['select disk 0', 'convert dynamic', 'select disk 1', 'convert dynamic'];
    // System Reserved and Windows.
    for (const volume of [0, 1]) lines.push(`select volume ${volume}`, 'add disk 1');
    const said = await runDiskTool(server.options.disks, 'diskpart', [], `${lines.join('\n')}\nexit\n`);
    assert.equal(said.match(/succeeded in adding a mirror/g)?.length, 2, said);
  },
);

When(
  'she attaches both disks to a machine without dynamic disks and imports what is foreign',
  async function (this: RescueWorld) {
    // Of another stock image: two disks of one would have the same signature.
    const server = await this.lab.installedServer({
      profile: 'windows-server-2016',
      name: 'other',
      primaryDiskGroup: 'OTHER-Dg0',
      disks: (system) => [system, ...guestsOf(homeOf(this))],
    });
    await startAndLogIn(this, server);
    this.server = server;
    assert.equal(await importAll(terminalOf(this)), 1);
  },
);

Then("the system's volume holds the file there, and takes a note", async function (this: RescueWorld) {
  const terminal = terminalOf(this);
  const [table = ''] = await typeInDiskpart(terminal, ['list volume']);
  const [, number, given] = windowsMirror.exec(table) ?? [];
  assert.ok(number, table);
  if (given === undefined) await typeInDiskpart(terminal, [`select volume ${number}`, 'assign letter=W']);
  const folder = `${given ?? 'W'}:\\${FOLDER}`;
  assert.equal(await ask(terminal, `type ${folder}\\${this.file.name}`), this.file.content);
  this.note = { name: 'note.txt', content: `Seen elsewhere ${randomBytes(6).toString('hex')}` };
  await ask(terminal, `echo ${this.note.content}> ${folder}\\${this.note.name}`);
});

Then(
  'at home her server starts from its mirror, and its owner reads the note',
  async function (this: RescueWorld) {
    assert.ok(this.server);
    await shutDown(this, this.server);
    this.server = homeOf(this);
    await startAndLogIn(this, this.server);
    assert.equal(await ask(terminalOf(this), `type C:\\${FOLDER}\\${this.note.name}`), this.note.content);
    const [table = ''] = await typeInDiskpart(terminalOf(this), ['list volume']);
    assert.match(table, windowsMirror);
  },
);

/** A server's disks in another one, which has a disk "system" itself. */
function guestsOf({ options }: Server): Server['options']['disks'] {
  return options.disks.map((disk) => ({ ...disk, id: `home-${disk.id}`, serial: `RL-home-${disk.id}` }));
}

function homeOf({ home }: RescueWorld): Server {
  assert.ok(home, 'this scenario has no mirrored server');
  return home;
}
