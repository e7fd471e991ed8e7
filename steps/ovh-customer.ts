import assert from 'node:assert/strict';
import type { Inbox, OvhClient } from '../simulators/provider';

/** Finds the netboot with this kernel among those of the server (its path in the API), and chooses it. */
export async function chooseNetboot(
  client: OvhClient,
  server: string,
  kernel: string,
  rescueMail: string,
): Promise<void> {
  const ids = (await client.get(`${server}/boot`)) as number[];
  const boots = await Promise.all(
    ids.map(async (id) => (await client.get(`${server}/boot/${id}`)) as { bootId: number; kernel: string }),
  );
  const boot = boots.find((candidate) => candidate.kernel === kernel);
  assert.ok(
    boot,
    `No netboot has the kernel ${kernel}; there are: ${boots.map((one) => one.kernel).join(', ')}`,
  );
  await client.put(server, { bootId: boot.bootId, rescueMail });
}

/** Reads the provider's mail to this address and opens its secret link. */
export async function mailedPassword(
  inbox: Inbox | undefined,
  address: string,
  signal: AbortSignal,
): Promise<string> {
  assert.ok(inbox, 'this lab has no mailbox of its own');
  const mail = await inbox.waitFor((received) => received.recipients.includes(address), { signal });
  const link = /https?:\/\/\S+secret\?id=[\w-]+/.exec(mail.text)?.[0];
  assert.ok(link, `The mail holds no secret link: ${mail.text}`);
  const page = await (await fetch(link)).text();
  const password = /<code id="secret">([^<]+)<\/code>/.exec(page)?.[1];
  assert.ok(password, 'The page behind the link shows no password.');
  assert.ok(!mail.text.includes(password), 'The mail itself holds the password.');
  return password;
}
