import { getResponse } from 'msw';
import { expect, test } from 'vitest';
import { LabClock } from '../clock';
import { Faults } from '../faults';
import { seededRandom } from '../random';
import { Inbox, inboxPages, MailHistory, receiveMail, rescueLetter, smtpMailer } from '.';

const FACTS = {
  server: 'ns1111111.ip-203-0-113.eu',
  ip: '203.0.113.100',
  user: 'Administrator',
  windows: true,
  link: 'http://127.0.0.1:1/secret?id=abc',
};

const noFaults = (clock: LabClock) => new Faults({ clock, random: seededRandom('mail') });
const frozen = () => new LabClock({ startAt: new Date('2026-03-01T12:00:00Z'), frozen: true });

test('a letter goes over SMTP into the inbox, with text, HTML, language and umlauts', async () => {
  const inbox = new Inbox(frozen());
  await using smtp = await receiveMail(inbox);
  const arrived = inbox.waitFor(({ subject }) => subject.includes(FACTS.server));
  await smtpMailer(smtp)(rescueLetter('kundin@example.de', 'de', FACTS));
  const mail = await arrived;
  expect(mail).toMatchObject({
    number: 1,
    recipients: ['kundin@example.de'],
    from: 'support@ovh.example',
    language: 'de',
    receivedAt: Date.parse('2026-03-01T12:00:00Z'),
  });
  expect(mail.text).toContain('Die Anmeldung geht über Remotedesktop, SSH oder die KVM-Konsole:');
  expect(mail.text).toContain(`\n  ${FACTS.link}\n`);
  expect(mail.html).toContain(`<a href="${FACTS.link}">`);
});

test.each([
  ['en', 'by Remote Desktop, SSH or the KVM console'],
  ['fr', 'par Bureau à distance, SSH ou la console KVM'],
] as const)('the letter exists in %s', (language, words) => {
  const letter = rescueLetter('a@example.com', language, FACTS);
  expect(letter.text).toContain(words);
  expect(rescueLetter('a@example.com', language, { ...FACTS, windows: false }).text).not.toContain(words);
});

test('a refused recipient is an undeliverable mail with a note, and is kept', async () => {
  const clock = frozen();
  const inbox = new Inbox(clock);
  inbox.refuseMailTo('nobody@example.com');
  await using smtp = await receiveMail(inbox);
  const history = new MailHistory({ clock, send: smtpMailer(smtp), faults: noFaults(clock) });
  const record = await history.deliver('xx1111-ovh', rescueLetter('Nobody@example.com', 'en', FACTS));
  expect(record).toMatchObject({
    delivery: 'undeliverable',
    note: expect.stringContaining('The mail to Nobody@example.com could not be delivered: '),
  });
  expect(inbox.mails).toEqual([]);
  const [kept, bounce] = history.list('xx1111-ovh');
  expect(kept).toBe(record);
  expect(bounce).toMatchObject({
    delivery: 'bounce',
    subject: expect.stringMatching(/^Undelivered mail: /),
    body: expect.stringContaining('The mail to Nobody@example.com could not be delivered: '),
  });
  expect(history.list('yy2222-ovh')).toEqual([]);
  expect(() => history.get('yy2222-ovh', record.id)).toThrow('does not exist');
});

test('a mail server that is gone is an undeliverable mail', async () => {
  const clock = frozen();
  const smtp = await receiveMail(new Inbox(clock));
  await smtp[Symbol.asyncDispose]();
  const history = new MailHistory({ clock, send: smtpMailer(smtp), faults: noFaults(clock) });
  const record = await history.deliver('xx1111-ovh', rescueLetter('a@example.com', 'en', FACTS));
  expect(record.note).toContain('ECONNREFUSED');
});

test('the inbox is a web page and JSON', async () => {
  const inbox = new Inbox(frozen());
  const visit = async (path: string) => {
    const response = await getResponse([inboxPages(inbox, () => {})], new Request(`http://127.0.0.1${path}`));
    return { status: response?.status, text: (await response?.text()) ?? '' };
  };
  expect((await visit('/inbox')).text).toContain('No mail yet.');
  await inbox.receive(
    Buffer.from('From: a@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe_<b>?=\r\n\r\nHello\r\n'),
    ['b@example.com'],
  );
  expect((await visit('/inbox')).text).toContain('<a href="/inbox/1">Grüße &lt;b&gt;</a>');
  expect(JSON.parse((await visit('/inbox.json')).text)).toMatchObject([
    { number: 1, subject: 'Grüße <b>', when: '2026-03-01T12:00:00.000Z' },
  ]);
  expect(JSON.parse((await visit('/inbox/1/json')).text)).toMatchObject({ recipients: ['b@example.com'] });
  expect((await visit('/inbox/1')).status).toBe(200);
  expect((await visit('/inbox/2')).status).toBe(404);
});

test('a wait for mail ends with the reason of its signal', async () => {
  const waiting = new Inbox(frozen()).waitFor(() => true, {
    signal: AbortSignal.abort(new Error('too late')),
  });
  await expect(waiting).rejects.toThrow('too late');
});
