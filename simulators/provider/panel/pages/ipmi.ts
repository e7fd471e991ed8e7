import { apiMessage } from '../dedicated-account';
import { dedicatedOf, type PanelCall, redirect } from '../panel-call';
import { page } from '../render';
import { fill } from '../texts';
import { isUnderWay } from './dedicated';

/** `/dedicated/{name}/ipmi`: the tab IPMI, with the way to the KVM console. */
export async function ipmiPage(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const { t } = call.context;
  const [hasConsole, tasks] = await Promise.all([account.hasConsole(name), account.tasks(name)]);
  const consoleTasks = tasks.filter((task) => task.function === 'requestAccessIPMI');
  const busy = consoleTasks.some(isUnderWay);
  const asked = consoleTasks.find(({ taskId }) => String(taskId) === call.url.searchParams.get('task'));
  const failed = asked?.status === 'ovhError' || asked?.status === 'customerError';
  return page(call, 'ipmi', {
    title: `${t.ipmi} – ${name}`,
    name,
    tab: 'ipmi',
    hasConsole,
    busy,
    live: busy,
    consoleUrl: hasConsole && !busy ? await account.consoleUrl(name) : undefined,
    notice: failed
      ? { tone: 'bad', text: fill(t.kvmFailed, { message: asked.comment ?? asked.status }) }
      : undefined,
  });
}

export async function requestConsole(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const tab = `/dedicated/${encodeURIComponent(name)}/ipmi`;
  try {
    const { taskId } = await account.requestConsole(name);
    return redirect(`${tab}?task=${taskId}`);
  } catch (error) {
    const { t } = call.context;
    const notice = { tone: 'bad', text: fill(t.kvmFailed, { message: apiMessage(error) }) };
    const data = { title: `${t.ipmi} – ${name}`, name, tab: 'ipmi', hasConsole: true, busy: false, notice };
    return page(call, 'ipmi', data, 502);
  }
}
