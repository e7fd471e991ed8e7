import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Session } from '../vm';
import { choosePorts } from './ports';

let session: Session;
beforeEach(() => {
  session = Session.start();
});
afterEach(() => session.dispose());

/** Listens there until disposed of. */
async function listenOn(host: string, port: number): Promise<AsyncDisposable> {
  const server = createServer().listen({ host, port });
  await once(server, 'listening');
  return {
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

/** Whether this user may have the port there: not below 1024 everywhere, not where something listens on 0.0.0.0. */
async function canListen(host: string, port: number): Promise<boolean> {
  try {
    await using _listener = await listenOn(host, port);
    return true;
  } catch {
    return false;
  }
}

describe('choosePorts', () => {
  it('takes the usual ports of an address wherever they can be had, and leaves all chosen ones free', async () => {
    const address = session.allocateAddress();
    const chosen = await choosePorts(address);
    for (const [name, usual] of Object.entries({ ssh: 22, rdp: 3389, vnc: 5900 })) {
      const port = chosen[name as keyof typeof chosen];
      expect(port === usual).toBe(await canListen(address, usual));
      expect(await canListen(address, port)).toBe(true);
    }
  });

  it('takes others where something listens, and no VNC port that QEMU cannot count', async () => {
    const address = session.allocateAddress();
    await using listeners = new AsyncDisposableStack();
    for (const port of [3389, 5900]) {
      if (await canListen(address, port)) listeners.use(await listenOn(address, port));
    }
    const { rdp, vnc } = await choosePorts(address);
    expect(rdp).not.toBe(3389);
    expect(vnc).toBeGreaterThan(5900);
    expect(rdp).not.toBe(vnc);
    expect(await canListen(address, rdp)).toBe(true);
    expect(await canListen(address, vnc)).toBe(true);
  });

  it('does not mind another server that has the usual ports at its own address', async () => {
    const [one, other] = [session.allocateAddress(), session.allocateAddress()];
    const before = await choosePorts(other);
    await using _rdp = await listenOn(one, (await choosePorts(one)).rdp);
    expect((await choosePorts(other)).rdp === 3389).toBe(before.rdp === 3389);
  });
});
