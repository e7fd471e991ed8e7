import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type DataTable, Given, Then, When } from '@cucumber/cucumber';
import type { DynamicDataChoice } from '../simulators/lab';
import { terminalOf } from './boot-repair-ways';
import { dataDisks, haveData, lettersOf, readOnEachVolume } from './data-volumes';
import { ask, importAll } from './diskpart';
import { shutDown, startAndLogIn } from './installed-server';
import type { RescueWorld, Server } from './world';

type Layout = DynamicDataChoice['volumes'][number]['layout'];

/** The group that the machine the disks are moved to has made; the customer's server has made CUSTOMER-Dg0. */
const otherGroup = 'OTHER-Dg0';

Given(
  "Nadia's group {string} has these volumes on three MBR and three GPT disks",
  async function (this: RescueWorld, groupName: string, table: DataTable) {
    const volumes = table.hashes().flatMap((row) => {
      const layout = row['layout'] as Layout;
      // A mirror takes two disks; the others take all three of their kind.
      const count = layout === 'mirror' ? 2 : 3;
      const disks = Array.from({ length: count }, (_, index) => index);
      return [
        { layout, disks, letter: row['on the MBR disks'] ?? '' },
        { layout, disks: disks.map((disk) => disk + 3), letter: row['on the GPT disks'] ?? '' },
      ];
    });
    await haveData(this, { groupName, disks: ['MBR', 'MBR', 'MBR', 'GPT', 'GPT', 'GPT'], volumes });
  },
);

Given(
  "Nadia's group {string} has a mirror on two MBR disks, with the letter {string}",
  async function (this: RescueWorld, groupName: string, letter: string) {
    const volumes = [{ layout: 'mirror', disks: [0, 1], letter }] as const;
    await haveData(this, { groupName, disks: ['MBR', 'MBR'], volumes });
  },
);

Given(
  'her group {string} has a RAID-5 volume on three GPT disks, with the letter {string}',
  async function (this: RescueWorld, groupName: string, letter: string) {
    const volumes = [{ layout: 'raid5', disks: [0, 1, 2], letter }] as const;
    await haveData(this, { groupName, disks: ['GPT', 'GPT', 'GPT'], volumes });
  },
);

When(
  'she attaches the disks to a machine without dynamic disks and imports what is foreign',
  async function (this: RescueWorld) {
    await importElsewhere(this, []);
  },
);

When(
  'she attaches the disks to a machine with a mirror of its own and imports what is foreign',
  async function (this: RescueWorld) {
    const own = await this.lab.dynamicData({
      groupName: otherGroup,
      disks: ['MBR', 'MBR'],
      volumes: [{ layout: 'mirror', disks: [0, 1], letter: 'S' }],
    });
    await importElsewhere(this, own.disks);
    const said = await ask(terminalOf(this), 'vol S:');
    assert.match(said, /DATA-S/, 'the mirror of the machine itself');
  },
);

Then(
  'it took {int} import(s), and each volume holds the file that only this run knows',
  async function (this: RescueWorld, imports: number) {
    assert.equal(this.seen, String(imports));
    await readOnEachVolume(this, this.file);
  },
);

Then('a note that she writes on each volume is on the disks', async function (this: RescueWorld) {
  this.note = { name: 'note.txt', content: `Seen elsewhere ${randomBytes(6).toString('hex')}` };
  for (const letter of lettersOf(this)) {
    await ask(terminalOf(this), `echo ${this.note.content} on ${letter}> ${letter}:\\${this.note.name}`);
  }
  for (const data of this.data.values()) {
    for (const { letter } of data.volumes) {
      const content = await data.readFile(letter, this.note.name);
      assert.equal(content.trim(), `${this.note.content} on ${letter}`, `${letter}:, read from outside`);
    }
  }
});

Then('at home her own Windows reads the notes without an import', async function (this: RescueWorld) {
  await goHome(this);
  await readOnEachVolume(this, this.note);
});

Then(
  'at home her own Windows reads the files after {int} import',
  async function (this: RescueWorld, imports: number) {
    await goHome(this);
    assert.equal(await importAll(terminalOf(this)), imports);
    await readOnEachVolume(this, this.file);
  },
);

/** The other machine has the same stock Windows, which has made another group than the customer's. */
async function importElsewhere(world: RescueWorld, own: Server['options']['disks']): Promise<void> {
  const server = await world.lab.installedServer({
    profile: 'windows-server-2008-r2',
    name: 'other',
    primaryDiskGroup: otherGroup,
    disks: (system) => [system, ...own, ...dataDisks(world)],
  });
  await startAndLogIn(world, server);
  world.server = server;
  world.seen = String(await importAll(terminalOf(world)));
}

async function goHome(world: RescueWorld): Promise<void> {
  assert.ok(world.server, 'the disks are on no machine');
  await shutDown(world, world.server);
  const home = await world.lab.installedServer({
    profile: 'windows-server-2008-r2',
    name: 'home',
    disks: (system) => [system, ...dataDisks(world)],
  });
  world.server = home;
  await startAndLogIn(world, home);
}
