import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Given, Then, When } from '@cucumber/cucumber';
import { typeAtPrompt } from '../simulators/lab';
import { terminalOf } from './boot-repair-ways';
import { type DataVolume, dataOf, haveData, readOnEachVolume } from './data-volumes';
import { ask, statusOfVolumes } from './diskpart';
import { cutPower, startAndLogIn } from './installed-server';
import { typeInDiskpart } from './terminal';
import type { RescueWorld } from './world';

/** How often the customer looks whether a volume is whole again (ms), and for how long. */
const lookAgain = 250;
const copyDeadline = 180_000;
/** A disk of the mirror and one of the RAID-5 volume, counted among all data disks. */
const missing = [1, 3] as const;

Given(
  "Nadia's server has a mirror on two disks, {string}, and a RAID-5 volume on three, {string}",
  async function (this: RescueWorld, mirror: string, raid5: string) {
    await haveData(this, {
      groupName: 'CUSTOMER-Dg0',
      disks: ['MBR', 'MBR', 'MBR', 'MBR', 'MBR'],
      volumes: [
        { layout: 'mirror', disks: [0, 1], letter: mirror },
        { layout: 'raid5', disks: [2, 3, 4], letter: raid5 },
      ],
    });
    this.server = await this.lab.installedServer({
      profile: 'windows-server-2008-r2',
      disks: (own) => [own, ...dataOf(this).disks],
    });
  },
);

Given('a disk of each volume is missing', async function (this: RescueWorld) {
  this.server = await this.lab.installedServer({
    profile: 'windows-server-2008-r2',
    disks: (own) => [own, ...dataOf(this).disks.filter((_, disk) => !isMissing(disk))],
  });
});

Given('a note was written to each volume while a disk of it was missing', async function (this: RescueWorld) {
  const { disks, volumes } = dataOf(this);
  this.note = noteFor('Written without a disk');
  // Without a Windows on the disks, volumes have the letters from C on, in the order of their group.
  const lines = volumes.map(
    ({ letter }, index) =>
      `echo ${this.note.content} on ${letter}> ${String.fromCharCode('C'.charCodeAt(0) + index)}:\\${this.note.name}`,
  );
  const left = disks.filter((_, disk) => !isMissing(disk));
  await typeAtPrompt(left, lines);
});

Given(
  'the power went while she wrote to each volume, and copies differ since',
  async function (this: RescueWorld) {
    const { server } = this;
    assert.ok(server);
    await startAndLogIn(this, server);
    for (const { letter } of dataOf(this).volumes)
      await ask(terminalOf(this), `echo in use> ${letter}:\\in-use.txt`);
    await cutPower(this, server);
    for (const volume of dataOf(this).volumes) {
      await dataOf(this).tear(volume.letter);
      assert.ok(new Set(await digestsWithout(this, volume)).size > 1, `${volume.letter}: does not differ`);
    }
  },
);

When('she starts her server', startServer);
When('she starts her server with all disks', startServer);

Then(
  'diskpart says {string} of the mirror and of the RAID-5 volume',
  async function (this: RescueWorld, status: string) {
    const [table = ''] = await typeInDiskpart(terminalOf(this), ['list volume']);
    assert.deepEqual(statusOfVolumes(table), { Mirror: status, 'RAID-5': status }, table);
  },
);

Then('each volume holds the note', async function (this: RescueWorld) {
  await readOnEachVolume(this, this.note);
});

Then(
  'a note that she writes on each is on the disks that are left, and not on the half of the mirror that is missing',
  async function (this: RescueWorld) {
    this.note = noteFor('Written without a disk');
    const data = dataOf(this);
    for (const { letter, layout, disks } of data.volumes) {
      await ask(terminalOf(this), `echo ${this.note.content}> ${letter}:\\${this.note.name}`);
      const gone = disks.find(isMissing);
      assert.equal((await data.readFile(letter, this.note.name, gone)).trim(), this.note.content, letter);
      const left = disks.find((disk) => disk !== gone);
      if (layout === 'mirror') await assert.rejects(data.readFile(letter, this.note.name, left), /ntfscat/);
    }
  },
);

Then('each volume holds the file that only this run knows', async function (this: RescueWorld) {
  await readOnEachVolume(this, this.file);
});

Then('from outside, each volume holds it without any one of its disks', async function (this: RescueWorld) {
  await untilHealthy(this);
  for (const { letter, disks } of dataOf(this).volumes) {
    for (const without of disks) {
      const content = await dataOf(this).readFile(letter, this.note.name, without);
      assert.equal(content.trim(), `${this.note.content} on ${letter}`, `${letter}: without disk ${without}`);
    }
  }
});

Then(
  'from outside, each volume is the same without any one of its disks',
  async function (this: RescueWorld) {
    await untilHealthy(this);
    for (const volume of dataOf(this).volumes) {
      // At rest, so that nothing is written between one look and the next.
      await ask(terminalOf(this), `mountvol ${volume.letter}: /D`);
      assert.equal(new Set(await digestsWithout(this, volume)).size, 1, `${volume.letter}:`);
    }
  },
);

async function startServer(this: RescueWorld): Promise<void> {
  assert.ok(this.server);
  await startAndLogIn(this, this.server);
}

/** Looks until the volumes are whole, as a customer does who has seen "Rebuild". */
async function untilHealthy(world: RescueWorld): Promise<void> {
  const until = performance.now() + copyDeadline;
  for (;;) {
    const [table = ''] = await typeInDiskpart(terminalOf(world), ['list volume']);
    const statuses = statusOfVolumes(table);
    if (Object.values(statuses).every((status) => status === 'Healthy')) return;
    assert.ok(performance.now() < until, `A volume is not whole: ${table}`);
    await pause(lookAgain);
  }
}

/** What the volume's bytes are without each one of its disks. */
async function digestsWithout(world: RescueWorld, { letter, disks }: DataVolume): Promise<string[]> {
  const digests: string[] = [];
  for (const without of disks) {
    const bytes = await dataOf(world).volumeBytes(letter, without);
    digests.push(createHash('sha256').update(bytes).digest('hex'));
  }
  return digests;
}

function isMissing(disk: number): boolean {
  return missing.some((number) => number === disk);
}

function noteFor(words: string): RescueWorld['note'] {
  return { name: 'note.txt', content: `${words} ${randomBytes(6).toString('hex')}` };
}
