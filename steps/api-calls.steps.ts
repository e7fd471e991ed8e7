import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import { misfitOfAnswer } from '../simulators/provider/testing';
import { unsignedCall, wrongCall } from './plain-http';
import type { RescueWorld } from './world';

Given('a program with the keys of an application', async function (this: RescueWorld) {
  await this.api.start();
});

Given('the API answers errors in the older dialect', function (this: RescueWorld) {
  this.api.options.errorDialect = 'errorCode';
});

Given('a consumer key for {word} {word}', async function (this: RescueWorld, method: string, path: string) {
  const { consumerKeyOf, core } = await this.api.start();
  const rules = [{ method: method as 'GET', path }];
  this.api.consumerKey = consumerKeyOf(core.accounts[0]?.nichandle ?? '', rules);
});

Given(
  'a consumer key that may be used from {word} only',
  async function (this: RescueWorld, address: string) {
    const { credentials, applicationKey, core } = await this.api.start();
    const application = credentials.application(applicationKey);
    assert.ok(application);
    const credential = credentials.request(application, [{ method: 'GET', path: '/*' }], {
      allowedIPs: [address],
    });
    credentials.validate(credential, core.accounts[0]?.nichandle ?? '');
    this.api.consumerKey = credential.consumerKey;
  },
);

When(
  /^(?:her|the) program calls (GET|POST|PUT) (\S+)(?: with (.+))?$/,
  async function (this: RescueWorld, method: string, path: string, body?: string) {
    await this.api.call(method, path, body === undefined ? undefined : (JSON.parse(body) as object));
  },
);

When(
  /^a program calls (GET|HEAD|POST|PUT|OPTIONS|DELETE) (\S+) over plain HTTP(?: with (.+))?$/,
  async function (this: RescueWorld, method: string, path: string, body?: string) {
    const provider = await this.api.start();
    this.api.answer = await wrongCall(provider, 'nothing', method, this.api.filledIn(path), body);
  },
);

When(/^a program calls GET \/me with (.+)$/, async function (this: RescueWorld, mistake: string) {
  this.api.answer = await wrongCall(await this.api.start(), mistake, 'GET', '/me');
});

When(
  /^a program with (.+) calls (PUT|POST) (\S+) with (.+)$/,
  async function (this: RescueWorld, mistake: string, method: string, path: string, body: string) {
    const provider = await this.api.start();
    this.api.answer = await wrongCall(provider, mistake, method, this.api.filledIn(path), body);
  },
);

When(
  'a program calls {word} {word} without any key',
  async function (this: RescueWorld, method: string, path: string) {
    this.api.answer = await unsignedCall(await this.api.start(), method, path);
  },
);

Then('the answer is {int}', function (this: RescueWorld, status: number) {
  assert.equal(this.api.answer.status, status, JSON.stringify(this.api.answer.body));
});

Then('the answer is {int} {string}', function (this: RescueWorld, status: number, message: string) {
  const { status: seen, body } = this.api.answer;
  const expected = this.api.filledIn(message);
  assert.deepEqual(
    { status: seen, message: (body as { message?: string })?.message },
    { status, message: expected },
  );
});

Then(/^the answer holds (\{.*\})$/, function (this: RescueWorld, expected: string) {
  expectFields(this, expected);
});

Then(/^a read of (\S+) holds (\{.*\})$/, async function (this: RescueWorld, path: string, expected: string) {
  await this.api.call('GET', path);
  expectFields(this, expected);
});

Then(/^the answer is the list (\[.*\])$/, function (this: RescueWorld, expected: string) {
  assert.deepEqual(this.api.answer.body, JSON.parse(this.api.filledIn(expected)));
});

Then('the answer has no content', function (this: RescueWorld) {
  assert.deepEqual(this.api.answer.body, undefined);
});

Then('the answer fits {string}', function (this: RescueWorld, type: string) {
  assert.equal(misfitOfAnswer(this.api.answer.body, type), undefined);
});

Then('its text holds {string}', function (this: RescueWorld, text: string) {
  const seen = JSON.stringify(this.api.answer.body);
  assert.ok(seen.includes(text), seen);
});

Then('its header {word} is like {string}', function (this: RescueWorld, name: string, pattern: string) {
  assert.match(this.api.answer.headers?.get(name) ?? '(missing)', new RegExp(`^${pattern}$`));
});

Then(
  'nothing in the simulator answers it; the nearest route is {string}',
  function (this: RescueWorld, nearest: string) {
    const [unknown, ...others] = this.api.takeUnknownCalls();
    assert.deepEqual({ nearest: unknown?.nearest, others }, { nearest, others: [] });
  },
);

/** The answer has these fields, and may have others. */
function expectFields({ api }: RescueWorld, expected: string): void {
  const { body } = api.answer;
  assert.ok(body !== null && typeof body === 'object', `The answer is ${JSON.stringify(api.answer)}`);
  const wanted = JSON.parse(api.filledIn(expected)) as Record<string, unknown>;
  const all = body as Record<string, unknown>;
  const seen = Object.fromEntries(Object.keys(wanted).map((key) => [key, all[key]]));
  assert.deepEqual(seen, wanted);
}
