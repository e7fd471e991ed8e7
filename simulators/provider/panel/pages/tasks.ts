import { dedicatedOf, type PanelCall } from '../panel-call';
import { page } from '../render';
import { isUnderWay } from './dedicated';

const TONES: Readonly<Record<string, string>> = {
  done: 'good',
  doing: 'busy',
  init: 'busy',
  todo: 'busy',
  ovhError: 'bad',
  customerError: 'bad',
  cancelled: 'plain',
};

/** `/dedicated/{name}/tasks`: the tab Tasks, newest first. */
export async function tasksPage(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const { t } = call.context;
  const tasks = await account.tasks(name);
  return page(call, 'tasks', {
    title: `${t.tasks} – ${name}`,
    name,
    tab: 'tasks',
    live: tasks.some(isUnderWay),
    tasks: tasks.map((task) => ({
      ...task,
      label: t.taskFunctions[task.function] ?? task.function,
      state: t.taskStates[task.status],
      tone: TONES[task.status],
    })),
  });
}
