import type { Instance } from '../compute/instance';
import { rebuild } from '../compute/rebuild';
import type { ServerCall } from './call';
import { changesOf, passwordFrom, type ServerChanges } from './change-server';
import { json } from './json';
import { keyPairOf } from './key-pairs';
import { linksOf } from './links';
import { detailedServer } from './server-view';

interface WantedRebuild extends ServerChanges {
  readonly imageRef: string;
  readonly adminPass?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly key_name?: string | null;
  readonly user_data?: string | null;
}

/** From 2.54 on a server may get another key, or none. The key is one of the caller's. */
function keyChange({ context }: ServerCall, name: string | null | undefined): Partial<Instance> {
  if (context.version < 54 || name === undefined) {
    return {};
  }
  return { keyName: name, keyPair: name === null ? undefined : keyPairOf(context, name) };
}

/** The action `rebuild`: answers the server as it is while its disk is made anew. */
export function rebuildServer(call: ServerCall, argument: unknown): Response {
  const { context, instance } = call;
  const wanted = argument as WantedRebuild;
  const adminPass = passwordFrom(wanted, call);
  const { metadata, key_name: keyName, user_data: userData } = wanted;
  rebuild(context.compute, instance, context.actor, {
    imageId: wanted.imageRef,
    adminPass,
    changes: {
      ...changesOf(wanted),
      ...(metadata !== undefined && { metadata }),
      ...keyChange(call, keyName),
      ...(context.version >= 57 && userData !== undefined && { userData: userData ?? undefined }),
    },
  });
  const server = {
    ...detailedServer(context, instance, { alone: true, changed: 'rebuild' }),
    ...(context.showPasswords && { adminPass }),
    ...(context.version >= 57 && { user_data: instance.userData ?? null }),
  };
  return json({ server }, 202, { location: linksOf(context, `/servers/${instance.id}`)[0]?.href ?? '' });
}
