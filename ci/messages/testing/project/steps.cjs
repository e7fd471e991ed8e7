// Steps of the small project whose real message streams the tests of ci/ read.
const { After, AfterStep, Before, BeforeAll, Given, When } = require('@cucumber/cucumber');

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

BeforeAll(() => {
  if (process.env.FAIL_BEFORE_ALL) throw new Error('the lab did not start');
});

Before({ name: 'open the evidence', tags: '@journey' }, function () {
  this.attach('{"folder":"outcomes--a-good-one"}', 'application/x.rescue-lab.evidence+json');
  this.attach(
    '{"guest":"stand-in","accelerator":"tcg","qemu":"7.2.22"}',
    'application/x.rescue-lab.facts+json',
  );
});

AfterStep({ tags: '@journey' }, function ({ pickleStep }) {
  if (pickleStep.text.includes('picture')) {
    this.attach(
      '{"file":"outcomes--a-good-one/screens/0001-boot-manager.png","caption":"Boot manager"}',
      'application/x.rescue-lab.screen+json',
    );
  }
});

After({ tags: '@journey or @failed' }, function () {
  this.attach(
    '[{"for":"firmware","milliseconds":2500},{"for":"login","milliseconds":700}]',
    'application/x.rescue-lab.waits+json',
  );
});

Given('a step that passes', () => {});
Given('a step takes', (_table) => {});
Given('a step shows a picture', function () {
  this.attach('server: power on', 'text/x.rescue-lab.state+plain');
  this.log('seen <it>');
  this.attach(Buffer.from(PNG, 'base64'), { mediaType: 'image/png', fileName: 'console' });
});
Given('a step that fails', () => {
  throw new Error('Failed to reach the prompt: saw "<nothing>" after 5000 ms.');
});
Given('a step that is written twice', () => {});
Given(/^a step that is written (.*)$/, (_times) => {});
Given('a step that is pending', () => 'pending');
Given('a step that is skipped', () => 'skipped');
let failedOnce = false;
Given('a step that fails once', () => {
  if (failedOnce) return;
  failedOnce = true;
  throw new Error('not yet');
});
When('a step that hangs', { timeout: -1 }, function () {
  this.attach('server: waiting for a guest that never answers', 'text/x.rescue-lab.state+plain');
  return new Promise((resolve) => setTimeout(resolve, 600_000));
});
