import assert from 'node:assert/strict';
import { Given, Then, When } from '@cucumber/cucumber';
import type { ReceivedMail } from '../simulators/provider';
import { ask } from './plain-http';
import type { RescueWorld } from './world';

const ACCOUNT_ADDRESS = 'customer@example.com';
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDl0 nadia@workstation';

Given('her account is in the language {word}', function (this: RescueWorld, language: string) {
  this.api.options.account = { ...this.api.options.account, language };
});

Given('her rescue address is {word}', async function (this: RescueWorld, address: string) {
  await this.api.call('PUT', '/dedicated/server/{server}', { rescueMail: address });
});

Given('her SSH key is set for the rescue mode', async function (this: RescueWorld) {
  await this.api.call('PUT', '/dedicated/server/{server}', { rescueSshKey: KEY });
});

Given('mail to {word} bounces', async function (this: RescueWorld, address: string) {
  const { inbox } = await this.api.start();
  inbox?.refuseMailTo(address);
});

Given('a secret can be read {}', function (this: RescueWorld, readable: 'once' | 'until expiry') {
  this.api.options.secrets = { readable };
});

Given('she has read the password of the rescue system', async function (this: RescueWorld) {
  await openLink(this, await this.api.mail(ACCOUNT_ADDRESS));
});

When('she opens the link in her mail', async function (this: RescueWorld) {
  await openLink(this, await this.api.mail(ACCOUNT_ADDRESS));
});

When('somebody opens the link of a secret that never was', async function (this: RescueWorld) {
  const provider = await this.api.start();
  this.api.answer = await ask(`${provider.url}/secret?id=mr8n2f85-tv19-6h1j-cu5m-lwfct1n5mali`, {});
});

When(
  'her program reads the logins of the rescue system and their secrets',
  async function (this: RescueWorld) {
    const program = await this.api.program();
    const path = `/dedicated/server/${this.api.server.name}/authenticationSecret`;
    const logins = (await program.post(path)) as { type: string; user: string; password: string | null }[];
    const read = await Promise.all(
      logins.map(async ({ type, user, password }) => {
        const secret =
          password === null ? null : ((await program.post('/secret/retrieve', { id: password })) as Secret);
        return { type, user, password: secret?.secret ?? null };
      }),
    );
    this.api.answer = { status: 200, body: read };
  },
);

When('her program takes the secret from the mail in her e-mail history', async function (this: RescueWorld) {
  const history = '/me/notification/email/history';
  await this.api.mail(ACCOUNT_ADDRESS);
  const program = await this.api.program();
  const [id] = (await program.get(history)) as number[];
  const { body } = (await program.get(`${history}/${id}`)) as { body: string };
  const link = linkIn(body);
  assert.ok(link, body);
  await this.api.call('POST', '/secret/retrieve', { id: new URL(link).searchParams.get('id') });
});

interface Secret {
  readonly secret: string;
}

Then(
  'a mail at {word} links to the password of {string}',
  async function (this: RescueWorld, address: string, user: string) {
    const mail = await this.api.mail(address);
    assert.ok(mail.text.includes(user), mail.text);
    await openLink(this, mail);
    assert.equal(this.api.answer.status, 200);
  },
);

Then(
  'a mail in {word} with the words {string} arrives',
  async function (this: RescueWorld, language: string, words: string) {
    const mail = await this.api.mail(ACCOUNT_ADDRESS);
    assert.deepEqual(
      [mail.language, mail.text.includes(words), mail.html.includes(words)],
      [language, true, true],
      mail.text,
    );
  },
);

Then('{int} mails arrive', async function (this: RescueWorld, count: number) {
  await this.api.mail(ACCOUNT_ADDRESS, count);
});

Then('no mail has arrived', function (this: RescueWorld) {
  assert.deepEqual(
    this.api.provider.inbox?.mails.map(({ subject }) => subject),
    [],
  );
});

Then('the mail has no password', async function (this: RescueWorld) {
  const { text } = await this.api.mail(ACCOUNT_ADDRESS);
  assert.equal(linkIn(text), undefined, text);
  assert.match(text, /Your SSH key is accepted/);
});

Then('the page shows the password', function (this: RescueWorld) {
  const { status, body } = this.api.answer;
  assert.equal(status, 200);
  assert.match(String(body), /<code id="secret">[a-zA-Z]{16}<\/code>/);
});

Then('the password has none of the letters {word}', function (this: RescueWorld, letters: string) {
  const password = /<code id="secret">(\w+)<\/code>/.exec(String(this.api.answer.body))?.[1];
  assert.match(password ?? '(none)', new RegExp(`^[^${letters}]{16}$`, 'i'));
});

Then('the page says {int} {string}', function (this: RescueWorld, status: number, words: string) {
  assert.equal(this.api.answer.status, status);
  assert.ok(String(this.api.answer.body).includes(words), String(this.api.answer.body));
});

Then('the logins are {}', function (this: RescueWorld, logins: string) {
  const seen = (this.api.answer.body as { type: string; user: string }[]).map(
    ({ type, user }) => `${type} as ${user}`,
  );
  assert.equal(seen.join(' and ') || 'none', logins);
});

Then('her e-mail history has the subjects {}', async function (this: RescueWorld, subjects: string) {
  const program = await this.api.program();
  const path = '/me/notification/email/history';
  const wanted = JSON.parse(this.api.filledIn(subjects)) as string[];
  const read = async () => {
    const ids = (await program.get(path)) as number[];
    const mails = (await Promise.all(ids.map((id) => program.get(`${path}/${id}`)))) as { subject: string }[];
    return mails.map(({ subject }) => subject).filter((subject) => wanted.includes(subject));
  };
  if ((await read()).length < wanted.length) {
    await this.api.provider.core.delivered();
  }
  assert.deepEqual(await read(), wanted);
});

async function openLink(world: RescueWorld, mail: ReceivedMail): Promise<void> {
  const link = linkIn(mail.text);
  assert.ok(link, `The mail holds no secret link: ${mail.text}`);
  world.api.answer = await ask(link, {});
}

const linkIn = (text: string) => /https?:\/\/\S+secret\?id=[\w-]+/.exec(text)?.[0];
