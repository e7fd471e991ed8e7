import { changeService, listServices, type ServiceChange, ServiceStart } from '../../../disk/registry';
import type { ProgramContext } from '../../shell';
import { isDriver, ServiceControl, ServiceError } from '../services';
import { changeSystemHive, readSystemHive } from '../system-hives';
import { callFailure, usageFailure } from './failure';
import { configText, type StatusOptions, stateOf, statusText } from './service-text';

/** A verb of `sc`; `args` are the words behind it. Failures are thrown as ScFailure. */
export type ScCommand = (context: ProgramContext, args: readonly string[]) => Promise<void>;

async function open(context: ProgramContext) {
  const system = await readSystemHive(context, 'SYSTEM');
  return { system, control: new ServiceControl(context.host, system) };
}

/** Does something with a service; refusals name the function that sc calls for it. */
async function calling<T>(calls: { open: string; work: string }, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw callFailure(error.code === 1060 ? calls.open : calls.work, error.code);
  }
}

/** The words `state= all` and `type= driver` behind `sc query`. */
function filters(args: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const refused = usageFailure(
    'Queries the status of a service, or enumerates the status for types of services.',
    'sc <server> query [service name] [type= {driver | service | all}] [state= {inactive | all}]',
  );
  for (let index = 0; index < args.length; index += 2) {
    const [name = '', glued = ''] = args[index]!.toLowerCase().split('=', 2);
    const value = glued !== '' ? glued : args[index + 1]?.toLowerCase();
    if (glued !== '') index -= 1;
    if (!['state', 'type', 'bufsize', 'ri', 'group'].includes(name) || value === undefined) throw refused;
    found.set(name, value);
  }
  return found;
}

const queryWith =
  (extended: boolean): ScCommand =>
  async (context, args) => {
    const { system, control } = await open(context);
    const [name] = args;
    if (name !== undefined && !name.includes('=')) {
      const calls = { open: 'EnumQueryServicesStatus:OpenService', work: 'QueryServiceStatus' };
      const service = await calling(calls, () => control.find(name));
      const options: StatusOptions = { state: stateOf(control, service), displayName: false, extended };
      return context.output.write(statusText(control, service, options));
    }
    const wanted = filters(args);
    const state = wanted.get('state') ?? 'active';
    const type = wanted.get('type') ?? 'service';
    for (const service of listServices(system)) {
      const runs = control.isRunning(service);
      if (state !== 'all' && (state === 'inactive') === runs) continue;
      if (type !== 'all' && (type === 'driver') !== isDriver(service)) continue;
      const options: StatusOptions = { state: stateOf(control, service), displayName: true, extended };
      context.output.write(statusText(control, service, options));
    }
  };

/** `sc query [service] [state= all | inactive] [type= driver | service | all]` */
export const query = queryWith(false);
/** As `query`, with the process. */
export const queryex = queryWith(true);

/** `sc qc service` */
export const queryConfig: ScCommand = async (context, args) => {
  const [name] = args;
  if (name === undefined) {
    throw usageFailure(
      'Queries the configuration information for a service.',
      'sc <server> qc [service name] <bufferSize>',
    );
  }
  const { control } = await open(context);
  const service = await calling({ open: 'OpenService', work: 'QueryServiceConfig' }, () =>
    control.find(name),
  );
  const root = `${context.host.systemDrive}:\\Windows`;
  context.output.write(configText(service, (text) => text.replace(/%systemroot%/gi, () => root)));
};

const STARTS: Readonly<Record<string, Pick<ServiceChange, 'start' | 'delayedAutoStart'>>> = {
  boot: { start: ServiceStart.boot },
  system: { start: ServiceStart.system },
  auto: { start: ServiceStart.auto, delayedAutoStart: false },
  'delayed-auto': { start: ServiceStart.auto, delayedAutoStart: true },
  demand: { start: ServiceStart.demand, delayedAutoStart: false },
  disabled: { start: ServiceStart.disabled, delayedAutoStart: false },
};

/** `sc config service start= auto ...`: the blank behind `=` is needed before Windows 10; both ways are taken here. */
export const config: ScCommand = async (context, args) => {
  const refused = usageFailure(
    'Modifies a service entry in the registry and Service Database.',
    'sc <server> config [service name] <option1> <option2>...\r\n\r\nOPTIONS:\r\n' +
      ' start= <boot|system|auto|demand|disabled|delayed-auto>\r\n binPath= <BinaryPathName to the .exe file>\r\n' +
      ' depend= <Dependencies(separated by / (forward slash))>\r\n obj= <AccountName|ObjectName>\r\n' +
      ' DisplayName= <display name>',
  );
  const [name, ...words] = args;
  if (name === undefined) throw refused;
  let change: ServiceChange = {};
  for (let index = 0; index < words.length; index += 1) {
    const [, option = '', glued = ''] = /^([a-z]+)=(.*)$/is.exec(words[index]!) ?? [];
    const value = glued !== '' ? glued : words[++index];
    if (option === '' || value === undefined) throw refused;
    const next = changeFor(option.toLowerCase(), value);
    if (next === undefined) throw refused;
    change = { ...change, ...next };
  }
  await changeSystemHive(context, 'SYSTEM', (system) => {
    // Whatever runs now was started by the old settings.
    new ServiceControl(context.host, system);
    if (!changeService(system, name, change)) throw callFailure('OpenService', 1060);
  });
  context.output.write('[SC] ChangeServiceConfig SUCCESS\r\n');
};

function changeFor(option: string, value: string): ServiceChange | undefined {
  switch (option) {
    case 'start':
      return STARTS[value.toLowerCase()];
    case 'binpath':
      return { imagePath: value };
    case 'displayname':
      return { displayName: value };
    case 'obj':
      return { objectName: value };
    case 'depend':
      return { dependencies: value.split('/').filter((name) => name !== '') };
    default:
      return undefined;
  }
}

/** `sc start service`: answers with what a service says while it starts, and has started it. */
export const start: ScCommand = async (context, args) => {
  const [name] = args;
  if (name === undefined)
    throw usageFailure('Starts a service running.', 'sc <server> start [service name] <arg1> <arg2> ...');
  const { control } = await open(context);
  const calls = { open: 'StartService: OpenService', work: 'StartService' };
  const service = await calling(calls, () => control.find(name));
  await calling(calls, () => control.start(service));
  context.output.write(statusText(control, service, { state: 2, displayName: false, extended: true }));
};

/** `sc stop service` */
export const stop: ScCommand = async (context, args) => {
  const [name] = args;
  if (name === undefined)
    throw usageFailure('Sends a STOP control request to a service.', 'sc <server> stop [service name]');
  const { control } = await open(context);
  const calls = { open: 'OpenService', work: 'ControlService' };
  const service = await calling(calls, () => control.find(name));
  await calling(calls, () => control.stop(service));
  context.output.write(statusText(control, service, { state: 3, displayName: false, extended: false }));
};
