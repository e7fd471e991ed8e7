import { dedicatedOf, type PanelCall, redirect } from '../panel-call';
import { page } from '../render';

/** `/dedicated/{name}/reboot`: the question, which the overview opens as a dialog. */
export async function rebootQuestion(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  await account.server(name);
  return page(call, 'reboot', { title: call.context.t.rebootTitle, name });
}

/** Orders the reboot. Why one is refused is not shown, as in the real panel. */
export async function rebootServer(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const overview = `/dedicated/${encodeURIComponent(name)}`;
  try {
    const { taskId } = await account.reboot(name);
    return redirect(`${overview}?notice=reboot&task=${taskId}`);
  } catch {
    return redirect(`${overview}?notice=reboot-refused`);
  }
}
