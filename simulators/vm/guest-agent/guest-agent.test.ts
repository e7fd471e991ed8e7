import { duplexPair } from 'node:stream';
import { describe, expect, it, vi } from 'vitest';
import type { QmpClient } from '../qmp/qmp-client';
import { AgentRefusal, AgentSilence } from './agent-errors';
import { GuestAgent } from './guest-agent';

/** The host's agent and the guest's end of its channel; `answer` gets each request's line without the delimiter. */
function channel(answer: (request: { execute: string; arguments?: { id?: number } }) => string, open = true) {
  const [host, guest] = duplexPair();
  const asked: string[] = [];
  guest.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString('latin1').replaceAll('\xff', '').trim().split('\n')) {
      const request = JSON.parse(line) as { execute: string; arguments?: { id?: number } };
      asked.push(request.execute);
      guest.write(Buffer.from(answer(request), 'latin1'));
    }
  });
  const qmp = { execute: async () => [{ label: 'agent0', 'frontend-open': open }] } as unknown as QmpClient;
  return { agent: new GuestAgent(host, qmp), asked };
}

const obeying = (request: { execute: string; arguments?: { id?: number } }) =>
  request.execute === 'guest-sync-delimited'
    ? `late rest\n\xff{"return":${request.arguments?.id}}\n`
    : '{"return":{"version":"7.2.0"}}\n';

describe('GuestAgent', () => {
  it('synchronises before each command, and commands wait for each other', async () => {
    const { agent, asked } = channel(obeying);
    const answers = await Promise.all([agent.execute('guest-info'), agent.execute('guest-ping')]);
    expect(answers[0]).toEqual({ version: '7.2.0' });
    expect(asked).toEqual(['guest-sync-delimited', 'guest-info', 'guest-sync-delimited', 'guest-ping']);
  });

  it('says at once when nothing in the guest has opened the channel', async () => {
    const { agent, asked } = channel(obeying, false);
    await expect(agent.execute('guest-ping')).rejects.toEqual(
      new AgentSilence('No guest agent has opened its channel in the guest.'),
    );
    expect(asked).toEqual([]);
  });

  it('does not wait for ever for a guest that hangs', async () => {
    vi.useFakeTimers();
    const { agent } = channel(() => '{"return":1');
    const refused = expect(agent.execute('guest-ping')).rejects.toEqual(
      new AgentSilence('The guest agent did not answer guest-sync-delimited within 20 s.'),
    );
    await vi.advanceTimersByTimeAsync(20_000);
    await refused;
    vi.useRealTimers();
  });

  it("tells the agent's own reason", async () => {
    const { agent } = channel((request) =>
      request.execute === 'guest-ping'
        ? '{"error":{"class":"GenericError","desc":"no"}}\n'
        : obeying(request),
    );
    await expect(agent.execute('guest-ping')).rejects.toEqual(new AgentRefusal('guest-ping', 'no'));
  });
});
