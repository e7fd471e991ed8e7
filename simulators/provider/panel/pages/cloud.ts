import { randomUUID } from 'node:crypto';
import { CloudApiError } from '../cloud-account';
import { cloudRow } from '../cloud-status';
import { cloudOf, type PanelCall, redirect } from '../panel-call';
import { page } from '../render';

/** `/cloud/{id}`: a cloud server, and right after it was ordered its temporary password: once. */
export async function cloudPage(call: PanelCall): Promise<Response> {
  const { shownOnce } = call.context;
  const handle = call.url.searchParams.get('password') ?? '';
  const password = shownOnce.get(handle);
  shownOnce.delete(handle);
  return cloudView(call, { password });
}

/** `/cloud/{id}/rescue`: the question, which the server's page opens as a dialog. */
export async function rescueQuestion(call: PanelCall): Promise<Response> {
  const { account, id } = cloudOf(call);
  const server = cloudRow(await account.server(id));
  return page(call, 'cloud-rescue', { title: 'Enter Rescue Mode', server });
}

export async function enterRescue(call: PanelCall): Promise<Response> {
  const { account, id } = cloudOf(call);
  return act(call, async () => {
    const password = await account.rescue(id);
    if (password === undefined) {
      return serverPath(id);
    }
    const handle = randomUUID();
    call.context.shownOnce.set(handle, password);
    return `${serverPath(id)}?password=${handle}`;
  });
}

export async function exitRescue(call: PanelCall): Promise<Response> {
  const { account, id } = cloudOf(call);
  return act(call, async () => {
    await account.unrescue(id);
    return serverPath(id);
  });
}

/** Goes on to a fresh console address of the cloud. */
export async function openCloudConsole(call: PanelCall): Promise<Response> {
  const { account, id } = cloudOf(call);
  return act(call, () => account.consoleUrl(id));
}

const serverPath = (id: string) => `/cloud/${encodeURIComponent(id)}`;

/** Does what was asked and goes on; a refusal is shown in the cloud's own words. */
async function act(call: PanelCall, action: () => Promise<string>): Promise<Response> {
  try {
    return redirect(await action());
  } catch (error) {
    if (error instanceof CloudApiError && error.status !== 404) {
      return cloudView(call, { notice: { tone: 'bad', text: error.message } }, error.status);
    }
    throw error;
  }
}

async function cloudView(call: PanelCall, data: object, status = 200): Promise<Response> {
  const { account, id } = cloudOf(call);
  const server = cloudRow(await account.server(id));
  return page(call, 'cloud', { title: server.name, server, live: server.busy, ...data }, status);
}
