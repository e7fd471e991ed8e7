import { open } from 'node:fs/promises';
import type { Run } from '../../host/host-options';
import type { Accounts } from '../accounts';
import { findAgentPort } from './agent-port';
import { AgentProtocol } from './agent-protocol';

const CHUNK_BYTES = 4096;

interface AgentParts {
  readonly accounts: Accounts;
  readonly run: Run;
  readonly log: (sentence: string) => void;
}

/** Speaks as QEMU's guest agent on the channel that the machine has for one; ends at once where it has none. */
export async function serveGuestAgent({ accounts, run, log }: AgentParts): Promise<void> {
  const port = await findAgentPort(run);
  if (port === undefined) return;
  await using channel = await open(port, 'r+');
  const protocol = new AgentProtocol(accounts, async (bytes) => {
    await channel.write(bytes);
  });
  log('The guest agent listens.');
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    // Waits in the kernel until the host asks something; 0 where no host is at the other end.
    const { bytesRead } = await channel.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    await protocol.push(Buffer.from(buffer.subarray(0, bytesRead)));
  }
}
