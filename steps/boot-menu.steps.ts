import assert from 'node:assert/strict';
import { Given, When } from '@cucumber/cucumber';
import { typeAtPrompt } from '../simulators/lab';
import { ADVANCED_OPTIONS } from '../simulators/windows/boot-manager';
import { startCloudServer } from './cloud-rescue';
import { seeFailure, seeWords } from './cloud-screen';
import { openConsole } from './console';
import { failureText } from './failure-text';
import type { RescueWorld } from './world';

const SECOND_ENTRY = /The entry was successfully copied to (\{[0-9a-f-]{36}\})\./;
/** Time enough to look at the menu (s). */
const MENU_SECONDS = 30;
const MENU = 'Choose an operating system to start';

Given(
  'its boot menu has a second entry whose path is {string}',
  async function (this: RescueWorld, path: string) {
    const said = await prompt(this, [
      'bcdedit /copy {default} /d "Windows elsewhere"',
      `bcdedit /timeout ${MENU_SECONDS}`,
    ]);
    const id = SECOND_ENTRY.exec(said)?.[1];
    assert.ok(id, said);
    this.secondEntry = id;
    await prompt(this, [`bcdedit /set ${id} path ${path}`]);
  },
);

Given('that entry is the default, after {int} seconds', async function (this: RescueWorld, seconds: number) {
  await prompt(this, [`bcdedit /default ${this.secondEntry}`, `bcdedit /timeout ${seconds}`]);
});

Given(
  'the copy of its control set that is known as good was made before',
  async function (this: RescueWorld) {
    await prompt(this, [
      'reg copy HKLM\\SYSTEM\\ControlSet001 HKLM\\SYSTEM\\ControlSet002 /s /f',
      'reg add HKLM\\SYSTEM\\Select /v LastKnownGood /t REG_DWORD /d 2 /f',
    ]);
  },
);

Given(
  'she has started it and chosen the second entry, which ended with status {status}',
  async function (this: RescueWorld, status: string) {
    await startCloudServer(this);
    await seeWords(this, [MENU, 'Windows elsewhere', 'Seconds until the highlighted choice']);
    await press(this, ['down'], ['enter']);
    const { words } = failureText(this.installed.profile.era, { status, info: '' });
    await seeFailure(this, { words: words.map((some) => some.replace(/ Info: $/, '')), background: 'black' });
  },
);

When('she presses Ctrl+Alt+Del and chooses the first entry', async function (this: RescueWorld) {
  await press(this, ['control', 'alt', 'delete']);
  await seeWords(this, [MENU, 'Windows elsewhere']);
  await press(this, ['enter']);
});

When('she starts it with {string}', async function (this: RescueWorld, option: string) {
  const options = ADVANCED_OPTIONS[this.installed.profile.era].filter((name) => name !== '');
  assert.ok(options.includes(option), `There is no "${option}" among ${options.join(', ')}`);
  await prompt(this, ['bcdedit /set {bootmgr} displaybootmenu yes', `bcdedit /timeout ${MENU_SECONDS}`]);
  await startCloudServer(this);
  await seeWords(this, [MENU, 'To specify an advanced option']);
  await press(this, ['f8']);
  await seeWords(this, ['Advanced Boot Options', option]);
  // The list opens at its last line.
  const up = options.length - 1 - options.indexOf(option);
  await press(this, ...Array.from({ length: up }, () => ['up']), ['enter']);
});

/** Presses keys one after the other, each alone or together with others. */
async function press(world: RescueWorld, ...keys: readonly (readonly string[])[]): Promise<void> {
  world.serialMark = world.lab.nova.machine.serial.mark();
  await using viewer = await openConsole(world, world.lab.nova.machine);
  for (const together of keys) viewer.press(...together);
}

/** Lines at the prompt of the installed Windows, while its server is off. */
function prompt(world: RescueWorld, lines: readonly string[]): Promise<string> {
  return typeAtPrompt([world.lab.nova.originalDisk], lines);
}
