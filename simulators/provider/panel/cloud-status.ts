import type { CloudServer } from './cloud-account';

/** How a server's status is called and coloured; a task under way counts more than the status below it. */
const IN_TASK: Readonly<Record<string, { label: string; tone: string }>> = {
  rescuing: { label: 'Preparing Rescue', tone: 'busy' },
  // Our own wording: what the Rackspace panel showed on the way out is not known.
  unrescuing: { label: 'Exiting Rescue', tone: 'busy' },
};

const IN_STATUS: Readonly<Record<string, { label: string; tone: string }>> = {
  ACTIVE: { label: 'Active', tone: 'good' },
  RESCUE: { label: 'Rescue', tone: 'bad' },
  ERROR: { label: 'Error', tone: 'bad' },
  SHUTOFF: { label: 'Shut off', tone: 'plain' },
};

/** What the list and the page of a cloud server show. */
export function cloudRow(server: CloudServer) {
  const task = server['OS-EXT-STS:task_state'];
  const busy = task !== null;
  const shown = IN_TASK[task ?? ''] ?? IN_STATUS[server.status] ?? { label: server.status, tone: 'plain' };
  return {
    id: server.id,
    name: server.name,
    addresses: Object.values(server.addresses).flatMap((list) => list.map(({ addr }) => addr)),
    fault: server.fault?.message,
    busy,
    ...shown,
    mayEnterRescue: !busy && ['ACTIVE', 'SHUTOFF', 'ERROR'].includes(server.status),
    mayExitRescue: !busy && server.status === 'RESCUE',
  };
}
