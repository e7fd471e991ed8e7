import { apiMessage, type DedicatedAccount, type Netboot } from '../dedicated-account';
import { dedicatedOf, type PanelCall, redirect } from '../panel-call';
import { page } from '../render';
import { fill, type Texts } from '../texts';
import { netbootLabel } from './dedicated';

/** The kinds of netboot that the page offers, in its order; `power` and `internal` stay hidden. */
const OFFERED = ['harddisk', 'rescue', 'network'] as const;
type Offered = (typeof OFFERED)[number];

/** What is preselected, even while the Windows rescue system runs: its user has to choose again. */
const DEFAULT_RESCUE = 'rescue-customer';

/** The rescue systems of Windows know passwords only. */
const WITHOUT_KEY = /WinRescue|rescue-customer-windows/;

const MAIL_ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Form {
  readonly type: string;
  readonly bootId: string;
  readonly authentication: string;
  readonly rescueSshKey: string;
  readonly rescueMail: string;
}

/** `/dedicated/{name}/netboot`: the first of the two steps. */
export async function netbootPage(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const [server, netboots] = await Promise.all([account.server(name), account.netboots(name)]);
  const current = netboots.find(({ bootId }) => bootId === server.bootId);
  const preselected = netboots.find(({ kernel }) => kernel === DEFAULT_RESCUE);
  return firstStep(
    call,
    { netboots, current },
    {
      type: current?.bootType ?? 'harddisk',
      bootId: String(preselected?.bootId ?? ''),
      authentication: 'password',
      rescueSshKey: '',
      rescueMail: server.rescueMail ?? '',
    },
  );
}

/** `/dedicated/{name}/netboot/summary`: the second step, as long as nothing is wrong with the first. */
export async function netbootSummaryPage(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const form = formOf(call.url.searchParams);
  const netboots = await account.netboots(name);
  const chosen = chosenNetboot(netboots, form);
  if (chosen === undefined || !mailIsValid(form)) {
    const server = await account.server(name);
    const current = netboots.find(({ bootId }) => bootId === server.bootId);
    return firstStep(call, { netboots, current }, form, mailIsValid(form) ? undefined : 'mail');
  }
  return secondStep(call, form, chosen);
}

/** Carries the change out; a failure stays on the page with the API's own words. */
export async function changeNetboot(call: PanelCall): Promise<Response> {
  const { account, name } = dedicatedOf(call);
  const { t } = call.context;
  const form = formOf(new URLSearchParams(await call.request.text()));
  const chosen = chosenNetboot(await account.netboots(name), form);
  if (chosen === undefined) {
    return redirect(`/dedicated/${encodeURIComponent(name)}/netboot`);
  }
  try {
    await apply(account, name, form, chosen);
  } catch (error) {
    const text = fill(t.netbootFailed, { server: name, message: apiMessage(error) });
    return secondStep(call, form, chosen, { tone: 'bad', text });
  }
  return redirect(`/dedicated/${encodeURIComponent(name)}?notice=netboot-changed`);
}

async function apply(account: DedicatedAccount, name: string, form: Form, { bootId, bootType }: Netboot) {
  const rescue = bootType === 'rescue' && {
    rescueMail: form.rescueMail || null,
    rescueSshKey: form.authentication === 'sshkey' ? form.rescueSshKey : null,
  };
  await account.change(name, { bootId, rootDevice: null, ...rescue });
}

function firstStep(
  call: PanelCall,
  { netboots, current }: { netboots: readonly Netboot[]; current: Netboot | undefined },
  form: Form,
  wrong?: 'mail',
): Response {
  const { t } = call.context;
  const labels = labelsOf(t);
  const data = {
    title: t.netbootTitle,
    name: call.parameters['name'],
    current: netbootLabel(current, t),
    choices: OFFERED.filter((type) => netboots.some(({ bootType }) => bootType === type)).map((type) => ({
      type,
      label: labels[type],
    })),
    rescues: netboots
      .filter(({ bootType }) => bootType === 'rescue')
      .map(({ bootId, kernel, description }) => ({
        bootId,
        label: `${kernel} - ${description}`,
        withoutKey: WITHOUT_KEY.test(kernel),
      })),
    form,
    wrong,
  };
  return page(call, 'netboot', data, wrong === undefined ? 200 : 400);
}

function secondStep(
  call: PanelCall,
  form: Form,
  chosen: Netboot,
  notice?: { tone: string; text: string },
): Response {
  const { t } = call.context;
  const rescue = chosen.bootType === 'rescue';
  const rows = [
    [t.netbootType, labelsOf(t)[chosen.bootType as Offered]],
    ...(rescue
      ? [
          [t.rescueName, chosen.kernel],
          [
            t.authentication,
            form.authentication === 'sshkey' ? t.authenticationKey : t.authenticationPassword,
          ],
          [t.emergencyMail, form.rescueMail || t.rescueMailNone],
        ]
      : []),
  ];
  const data = { title: t.netbootTitle, name: call.parameters['name'], rows, form, notice };
  return page(call, 'netboot-summary', data, notice === undefined ? 200 : 400);
}

function labelsOf(t: Texts): Readonly<Record<Offered, string>> {
  return { harddisk: t.bootFromDisk, rescue: t.bootInRescue, network: t.bootFromNetwork };
}

function formOf(fields: URLSearchParams): Form {
  const text = (name: string) => fields.get(name)?.trim() ?? '';
  return {
    type: text('type'),
    bootId: text('bootId'),
    authentication: text('authentication') || 'password',
    rescueSshKey: text('rescueSshKey'),
    rescueMail: text('rescueMail'),
  };
}

/** The netboot that the form means: the chosen rescue system, else the one entry of its kind. */
function chosenNetboot(netboots: readonly Netboot[], { type, bootId }: Form): Netboot | undefined {
  const ofType = netboots.filter(({ bootType }) => bootType === type && OFFERED.includes(type as Offered));
  return type === 'rescue' ? ofType.find((netboot) => String(netboot.bootId) === bootId) : ofType[0];
}

function mailIsValid({ rescueMail, type }: Form): boolean {
  return type !== 'rescue' || rescueMail === '' || MAIL_ADDRESS.test(rescueMail);
}
