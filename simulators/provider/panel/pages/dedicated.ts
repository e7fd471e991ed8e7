import type { Dedicated, DedicatedTask, Netboot } from '../dedicated-account';
import { dedicatedOf, type PanelCall } from '../panel-call';
import { page } from '../render';
import { fill, type Texts } from '../texts';

const UNDER_WAY: readonly string[] = ['todo', 'init', 'doing'];

export const isUnderWay = ({ status }: DedicatedTask): boolean => UNDER_WAY.includes(status);

/** What a netboot is called on the overview: its description, or for the disk the label of the choice (our choice). */
export function netbootLabel(netboot: Netboot | undefined, t: Texts): string {
  if (netboot === undefined) {
    return t.notAvailable;
  }
  return netboot.bootType === 'harddisk' ? t.bootFromDisk : netboot.description;
}

/** `/dedicated/{name}`: the tab General information. */
export async function generalPage(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const { t } = call.context;
  const [server, netboots, tasks] = await Promise.all([
    account.server(name),
    account.netboots(name),
    account.tasks(name),
  ]);
  const busy = tasks.some(isUnderWay);
  const hacked = server.state === 'hacked' || server.state === 'hackedBlocked';
  return page(call, 'general', {
    title: name,
    name,
    tab: 'general',
    server,
    netboot: netbootLabel(
      netboots.find(({ bootId }) => bootId === server.bootId),
      t,
    ),
    monitoring: monitoringLabel(server, t),
    hacked: hacked ? t[server.state as 'hacked' | 'hackedBlocked'] : undefined,
    mayEdit: !busy && !hacked,
    mayRestart: !busy,
    live: busy,
    notice: noticeOf(call, name, tasks),
  });
}

function monitoringLabel({ monitoring, noIntervention }: Dedicated, t: Texts): string {
  if (!monitoring) {
    return t.monitoringOff;
  }
  return noIntervention ? t.monitoringWithoutIntervention : t.monitoringWithIntervention;
}

/** The alert on top: what was just done, and for a reboot how it went on. */
function noticeOf({ url, context }: PanelCall, server: string, tasks: readonly DedicatedTask[]) {
  const { t } = context;
  switch (url.searchParams.get('notice')) {
    case 'netboot-changed':
      return { tone: 'good', text: t.netbootChanged };
    case 'reboot-refused':
      return { tone: 'bad', text: t.rebootRefused };
    case 'reboot':
      return rebootNotice(
        server,
        tasks.find(({ taskId }) => String(taskId) === url.searchParams.get('task')),
        t,
      );
    default:
      return undefined;
  }
}

function rebootNotice(server: string, task: DedicatedTask | undefined, t: Texts) {
  if (task === undefined || isUnderWay(task)) {
    return { tone: 'busy', text: fill(t.rebootStarted, { server }) };
  }
  return task.status === 'done'
    ? { tone: 'good', text: fill(t.rebootDone, { server }) }
    : { tone: 'bad', text: t.rebootFailed };
}
