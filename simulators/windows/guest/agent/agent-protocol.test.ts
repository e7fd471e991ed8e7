import { describe, expect, it } from 'vitest';
import type { Accounts } from '../accounts';
import { AgentProtocol } from './agent-protocol';

/** One account, `Administrator`. */
function agent() {
  const passwords: string[] = [];
  const said: Buffer[] = [];
  const accounts = {
    find: async (user: string) => (user.toLowerCase() === 'administrator' ? 'Administrator' : undefined),
    setPassword: async (user: string, password: string) => void passwords.push(`${user}: ${password}`),
  } as unknown as Accounts;
  const protocol = new AgentProtocol(accounts, async (bytes) => void said.push(bytes));
  return {
    passwords,
    ask: async (...pieces: (string | Buffer)[]) => {
      said.length = 0;
      for (const piece of pieces) await protocol.push(Buffer.from(piece));
      return Buffer.concat(said).toString('latin1');
    },
  };
}

const setPassword = (username: string, password: string, crypted = false) =>
  `${JSON.stringify({
    execute: 'guest-set-user-password',
    arguments: { username, password: Buffer.from(password).toString('base64'), crypted },
  })}\n`;

describe('AgentProtocol', () => {
  it('sets a password', async () => {
    const { ask, passwords } = agent();
    expect(await ask(setPassword('administrator', 'Gift3d! ä'))).toBe('{"return":{}}\n');
    expect(passwords).toEqual(['Administrator: Gift3d! ä']);
  });

  it('refuses hashes and users that are not there', async () => {
    const { ask, passwords } = agent();
    expect(await ask(setPassword('root', 'x'))).toBe(
      '{"error":{"class":"GenericError","desc":"failed to set password: The user name could not be found."}}\n',
    );
    expect(await ask(setPassword('Administrator', 'x', true))).toContain('not currently supported');
    expect(passwords).toEqual([]);
  });

  it('synchronises: what stood before the delimiter is forgotten, and the answer has one too', async () => {
    const { ask } = agent();
    const sync = '{"execute":"guest-sync-delimited","arguments":{"id":7}}\n';
    expect(await ask('{"execute":"guest-pi', Buffer.from([0xff]), sync)).toBe('\xff{"return":7}\n');
    expect(await ask('{"execute":"guest-sync","arguments":{"id":8}}\n')).toBe('{"return":8}\n');
  });

  it('answers in order what comes in pieces and in one', async () => {
    const { ask } = agent();
    const ping = '{"execute":"guest-ping"}\n';
    expect(await ask(ping.slice(0, 9), ping.slice(9) + ping)).toBe('{"return":{}}\n{"return":{}}\n');
  });

  it.each([
    ['{"execute":"guest-exec"}\n', 'The command guest-exec has not been found'],
    ['nonsense\n', 'JSON parse error'],
    ['null\n', 'The command undefined has not been found'],
  ])('says what is wrong with %j', async (request, desc) => {
    expect(JSON.parse(await agent().ask(request))).toMatchObject({ error: { desc } });
  });

  it('tells what it can', async () => {
    const answer = JSON.parse(await agent().ask('{"execute":"guest-info"}\n')) as {
      return: { supported_commands: { name: string }[] };
    };
    expect(answer.return.supported_commands.map(({ name }) => name)).toContain('guest-set-user-password');
  });
});
