import { fingerprintOf, type KeyPair, type KeyType, makeKey } from '../compute/key-pairs';
import { refuse } from '../compute/refusal';
import type { ComputeCall, ComputeContext } from './call';
import { empty, json } from './json';
import { pageOf } from './pages';
import { isoMicroseconds } from './server-view';

interface Wanted {
  readonly name: string;
  readonly public_key?: string;
  readonly type?: KeyType;
  readonly user_id?: string;
}

/** `GET /os-keypairs`: those of the caller; from 2.35 on in pages. */
export function listKeyPairs(call: ComputeCall): Response {
  const { version, compute } = call.context;
  const all = compute.keyPairs.of(userIn(call, 'index'));
  const view = (pair: KeyPair) => ({ keypair: basicView(call, pair) });
  if (version < 35) {
    return json({ keypairs: all.map(view) });
  }
  const { items, links } = pageOf(call, {
    path: '/os-keypairs',
    items: all,
    idOf: ({ name }) => name,
    unknownMarker: (marker) => `Marker ${marker} could not be found.`,
  });
  return json({ keypairs: items.map(view), ...(links && { keypairs_links: links }) });
}

/** `POST /os-keypairs`: takes a public key, or makes a pair and shows its private key this once. */
export async function createKeyPair(call: ComputeCall): Promise<Response> {
  const { version, compute } = call.context;
  const wanted = (call.body as { keypair: Wanted }).keypair;
  const { type = 'ssh', public_key: given } = wanted;
  const userId = wanted.user_id ?? call.context.caller.userId;
  refuseOtherUser(call, userId, 'create');
  const name = wanted.name.trim();
  compute.keyPairs.refuseAnother(userId, name);
  const made = given === undefined ? await makeKey(type, userId) : undefined;
  const publicKey = made?.publicKey ?? given ?? '';
  const pair = compute.keyPairs.add({
    userId,
    name,
    type,
    publicKey,
    fingerprint: fingerprintOf(type, publicKey),
    created: compute.clock.now(),
  });
  const keypair = {
    ...basicView(call, pair),
    user_id: userId,
    ...(made && { private_key: made.privateKey }),
  };
  return json({ keypair }, version < 2 ? 200 : 201);
}

export function showKeyPair(call: ComputeCall): Response {
  const pair = pairIn(call, 'show');
  const keypair = {
    ...basicView(call, pair),
    user_id: pair.userId,
    created_at: isoMicroseconds(pair.created),
    deleted: false,
    deleted_at: null,
    id: pair.id,
    updated_at: null,
  };
  return json({ keypair });
}

/** Servers that were made with it keep its public key. */
export function deleteKeyPair(call: ComputeCall): Response {
  call.context.compute.keyPairs.delete(pairIn(call, 'delete'));
  return empty(call.context.version < 2 ? 202 : 204);
}

/** The pair that a server is to have. */
export function keyPairOf({ compute, caller }: ComputeContext, name: string): KeyPair {
  const pair = compute.keyPairs.find(caller.userId, name);
  if (pair === undefined) {
    throw refuse.badRequest('Invalid key_name provided.');
  }
  return pair;
}

function basicView({ context }: ComputeCall, { name, publicKey, fingerprint, type }: KeyPair) {
  return { name, public_key: publicKey, fingerprint, ...(context.version >= 2 && { type }) };
}

function pairIn(call: ComputeCall, policy: string): KeyPair {
  const userId = userIn(call, policy);
  const name = call.parameters['keypair'] ?? '';
  const pair = call.context.compute.keyPairs.find(userId, name);
  if (pair === undefined) {
    throw refuse.notFound(`Keypair ${name} not found for user ${userId}`);
  }
  return pair;
}

/** From 2.10 on an administrator may name another user. */
function userIn(call: ComputeCall, policy: string): string {
  const { version, caller } = call.context;
  const userId = (version >= 10 ? call.query['user_id']?.[0] : undefined) ?? caller.userId;
  refuseOtherUser(call, userId, policy);
  return userId;
}

function refuseOtherUser({ context: { caller } }: ComputeCall, userId: string, policy: string): void {
  if (userId !== caller.userId && !caller.isAdmin) {
    throw refuse.policy(`os-keypairs:${policy}`);
  }
}
