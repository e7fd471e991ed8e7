import { expect, test } from 'vitest';
import { Key } from '../../linux-devices';
import { ConsoleRig } from './testing/console-rig';

/** Parts of a 1024x768 screen. */
const clock = { x: 40, y: 468, width: 420, height: 170 };
const passwordBox = { x: 362, y: 409, width: 300, height: 36 };
const promptText = { x: 22, y: 51, width: 960, height: 480 };

const drawn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** Waits until the picture differs from `before`; a terminal parses and draws in later turns of the event loop. */
async function pictureChange(rig: ConsoleRig, before: Buffer) {
  for (let turn = 0; turn < 1000; turn++) {
    const change = rig.changedSince(before);
    if (change) return change;
    await drawn();
  }
  throw new Error('The picture did not change.');
}

test('starts locked, and only Ctrl+Alt+Del leads on', () => {
  using rig = new ConsoleRig();
  const before = rig.picture();
  rig.type('S3cret!');
  rig.press(Key.Enter);
  expect(rig.states).toEqual([{ name: 'locked' }]);
  expect(rig.changedSince(before)).toBeUndefined();
  rig.ctrlAltDel();
  expect(rig.states.at(-1)).toEqual({ name: 'sign-in', user: 'Administrator' });
});

test('the clock is drawn again when the time was set, and nothing else changes', () => {
  using rig = new ConsoleRig();
  const before = rig.picture();
  rig.now = new Date('2026-12-24T18:30:00Z');
  rig.console.refreshClock();
  const change = rig.changedSince(before)!;
  expect(change.y).toBeGreaterThanOrEqual(clock.y);
  expect(change.y + change.height).toBeLessThanOrEqual(clock.y + clock.height);
});

test('a new host name is on the locked screen after a refresh', () => {
  let hostName = 'MINWINPC';
  using rig = new ConsoleRig(1024, 768, {
    get hostName() {
      return hostName;
    },
  });
  const before = rig.picture();
  hostName = 'WINRESCUEOVH';
  rig.console.refreshClock();
  const change = rig.changedSince(before)!;
  expect(change.x).toBeGreaterThan(512);
  expect(change.y).toBeGreaterThan(730);
});

test('a password is shown as dots: other characters give the same picture, Backspace takes one away', () => {
  using rig = new ConsoleRig();
  rig.ctrlAltDel();
  const empty = rig.region(passwordBox);
  rig.type('aB3!');
  const four = rig.region(passwordBox);
  rig.press(Key.Backspace);
  expect(rig.region(passwordBox)).not.toBe(four);
  rig.type('x');
  expect(rig.region(passwordBox)).toBe(four);
  for (let press = 0; press < 4; press++) rig.press(Key.Backspace);
  expect(rig.region(passwordBox)).toBe(empty);
});

test('typing changes the password box only', () => {
  using rig = new ConsoleRig();
  rig.ctrlAltDel();
  const before = rig.picture();
  rig.type('s');
  const change = rig.changedSince(before)!;
  expect(change.x).toBeGreaterThanOrEqual(passwordBox.x);
  expect(change.y).toBeGreaterThanOrEqual(passwordBox.y);
  expect(change.x + change.width).toBeLessThanOrEqual(passwordBox.x + passwordBox.width);
  expect(change.y + change.height).toBeLessThanOrEqual(passwordBox.y + passwordBox.height);
});

test('a wrong password is refused, OK leads back to an empty box, the right one signs in', async () => {
  using rig = new ConsoleRig();
  rig.ctrlAltDel();
  const untouched = rig.region(passwordBox);
  rig.type('wrong');
  rig.press(Key.Enter);
  await rig.reached('refused');
  rig.press(Key.Enter);
  expect(rig.region(passwordBox)).toBe(untouched);
  rig.type('S3cret!');
  rig.press(Key.Enter);
  await rig.reached('desktop');
  expect(rig.states.slice(1)).toEqual([
    { name: 'sign-in', user: 'Administrator' },
    { name: 'signing-in', user: 'Administrator' },
    { name: 'refused', user: 'Administrator', message: 'The user name or password is incorrect.' },
    { name: 'sign-in', user: 'Administrator' },
    { name: 'signing-in', user: 'Administrator' },
    { name: 'desktop', user: 'Administrator' },
  ]);
});

test.each([
  ['disabled', 'Your account has been disabled. Please see your system administrator.'],
  ['locked', 'The referenced account is currently locked out and may not be logged on to.'],
  ['expired', "The user's account has expired."],
] as const)('a %s account is told so', async (refusal, message) => {
  using rig = new ConsoleRig(1024, 768, { authenticate: async () => refusal });
  rig.ctrlAltDel();
  rig.press(Key.Enter);
  await rig.reached('refused');
  expect(rig.states.at(-1)).toEqual({ name: 'refused', user: 'Administrator', message });
});

test('an account database that cannot be asked is said on the screen', async () => {
  using rig = new ConsoleRig(1024, 768, {
    authenticate: () => Promise.reject(new Error('the SAM hive is locked')),
  });
  rig.ctrlAltDel();
  rig.press(Key.Enter);
  await rig.reached('refused');
  expect(rig.states.at(-1)).toMatchObject({ message: 'Sign-in is not possible: the SAM hive is locked' });
});

test('another user signs in over "Other user", found with Tab', async () => {
  const asked: string[][] = [];
  using rig = new ConsoleRig(1024, 768, {
    authenticate: async (...pair) => {
      asked.push(pair);
      return undefined;
    },
  });
  rig.ctrlAltDel();
  rig.press(Key.Tab);
  rig.press(Key.Tab);
  rig.press(Key.Enter);
  rig.type('Rescue');
  rig.press(Key.Tab);
  rig.type('pw');
  rig.press(Key.Enter);
  await rig.reached('desktop');
  expect(asked).toEqual([['Rescue', 'pw']]);
  expect(rig.shells[0]!.user).toBe('Rescue');
});

test('the Command Prompt has 120 columns and 30 rows, gets the keys and shows the output', async () => {
  using rig = new ConsoleRig();
  await rig.signIn();
  const shell = rig.shells[0]!;
  expect([shell.columns, shell.rows]).toEqual([120, 30]);
  rig.type('dir C:\\');
  rig.press(Key.Up);
  rig.press(Key.LeftControl, 46);
  rig.press(Key.Enter);
  expect(shell.input).toBe('dir C:\\\x1b[A\x03\r');
  const before = rig.picture();
  shell.print('X');
  const change = await pictureChange(rig, before);
  // One character and the cursor that moved on: two cells of 8x16 at the window's first text row.
  expect(change.x).toBeGreaterThanOrEqual(promptText.x);
  expect(change.y).toBeGreaterThanOrEqual(promptText.y);
  expect(change.width).toBeLessThanOrEqual(16);
  expect(change.height).toBeLessThanOrEqual(16);
});

test('the same text gives the same picture, whatever was on the screen before', async () => {
  using rig = new ConsoleRig();
  await rig.signIn();
  const shell = rig.shells[0]!;
  const blank = rig.picture();
  shell.print('C:\\>');
  await pictureChange(rig, blank);
  const prompt = rig.region(promptText);
  const withPrompt = rig.picture();
  shell.print('\r\n\x1b[91mred\x1b[7m inverse\x1b[0m\r\n'.repeat(40));
  await pictureChange(rig, withPrompt);
  const full = rig.picture();
  shell.print('\x1b[2J\x1b[HC:\\>');
  await pictureChange(rig, full);
  expect(rig.region(promptText)).toBe(prompt);
});

test('a wide letter that is wiped out leaves nothing of it', async () => {
  using rig = new ConsoleRig();
  await rig.signIn();
  const shell = rig.shells[0]!;
  const blank = rig.picture();
  shell.print('\uff37\x1b[H');
  await pictureChange(rig, blank);
  const wide = rig.picture();
  shell.print('\x1b[2K');
  await pictureChange(rig, wide);
  expect(rig.changedSince(blank)).toBeUndefined();
});

test('the end of the command interpreter signs out', async () => {
  using rig = new ConsoleRig();
  const locked = rig.region({ x: 0, y: 0, width: 1024, height: 768 });
  await rig.signIn();
  rig.shells[0]!.exit();
  expect(rig.state).toBe('locked');
  expect(rig.region({ x: 0, y: 0, width: 1024, height: 768 })).toBe(locked);
  await rig.signIn();
  expect(rig.shells).toHaveLength(2);
});

test('a locked session goes on unseen and comes back with its text', async () => {
  using rig = new ConsoleRig();
  await rig.signIn();
  const shell = rig.shells[0]!;
  rig.ctrlAltDel();
  expect(rig.state).toBe('security');
  rig.press(Key.Enter);
  expect(rig.state).toBe('locked');
  const locked = rig.picture();
  shell.print('written while locked');
  await drawn();
  await drawn();
  expect(rig.changedSince(locked)).toBeUndefined();
  const states = rig.states.length;
  rig.ctrlAltDel();
  rig.type('S3cret!');
  rig.press(Key.Enter);
  await rig.reached('desktop');
  expect(rig.states).toHaveLength(states + 3);
  expect(rig.shells).toEqual([shell]);
  // The text's first row, at the left edge: light grey on black.
  const row = () => Array.from({ length: 160 }, (_, x) => rig.pixel(promptText.x + x, promptText.y + 8));
  await expect.poll(() => Math.max(...row().map((colour) => colour & 0xff))).toBeGreaterThan(0x90);
});

test('signing out ends the command interpreter', async () => {
  using rig = new ConsoleRig();
  await rig.signIn();
  rig.ctrlAltDel();
  rig.press(Key.Down);
  rig.press(Key.Enter);
  expect(rig.state).toBe('locked');
  expect(rig.shells[0]!.closed).toBe(true);
});

test('fits a small screen', async () => {
  using rig = new ConsoleRig(800, 600);
  await rig.signIn();
  expect([rig.shells[0]!.columns, rig.shells[0]!.rows]).toEqual([92, 30]);
});
