import { cloudRow } from '../cloud-status';
import type { PanelCall } from '../panel-call';
import { page } from '../render';

/** `/`: all servers of the account. */
export async function serversPage(call: PanelCall): Promise<Response> {
  const { dedicated, cloud, t } = call.context;
  return page(call, 'servers', {
    title: t.servers,
    dedicated: await dedicated?.servers(),
    cloud: (await cloud?.servers())?.map(cloudRow),
  });
}
