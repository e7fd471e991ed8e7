import { generatePassword } from '../compute/generate-password';
import type { Instance } from '../compute/instance';
import { deleteInstance } from '../compute/lifecycle';
import type { ServerCall } from './call';
import { empty, json } from './json';
import { detailedServer } from './server-view';

/** What may be changed of a server itself, in a request to change it or to make its disk anew. */
export interface ServerChanges {
  readonly name?: string;
  readonly description?: string | null;
  readonly hostname?: string;
  readonly accessIPv4?: string;
  readonly accessIPv6?: string;
  readonly 'OS-DCF:diskConfig'?: 'AUTO' | 'MANUAL';
}

/** The same as fields of the instance; what is not named stays. */
export function changesOf(wanted: ServerChanges): Partial<Instance> {
  const { name, description, hostname, accessIPv4, accessIPv6 } = wanted;
  const diskConfig = wanted['OS-DCF:diskConfig'];
  return {
    ...(name !== undefined && { name: name.trim() }),
    ...(description !== undefined && { description }),
    ...(hostname !== undefined && { hostname }),
    ...(accessIPv4 !== undefined && { accessIPv4 }),
    ...(accessIPv6 !== undefined && { accessIPv6 }),
    ...(diskConfig !== undefined && { diskConfig }),
  };
}

/** `PUT /servers/{server}` */
export function updateServer({ context, instance, body }: ServerCall): Response {
  const { server } = body as { server: ServerChanges };
  context.compute.instances.update(instance, changesOf(server));
  return json({ server: detailedServer(context, instance, { alone: true, changed: 'update' }) });
}

/** `DELETE /servers/{server}` */
export function deleteServer({ context: { compute, actor }, instance }: ServerCall): Response {
  deleteInstance(compute, instance, actor);
  return empty(204);
}

export function passwordFrom(
  { adminPass }: { readonly adminPass?: string },
  { context }: ServerCall,
): string {
  return adminPass ?? generatePassword(context.compute.random);
}
