import { listServices, type ServiceRecord } from '../../../disk/registry';
import type { ProgramContext } from '../../shell';
import { displayNameOf, isDriver, ServiceControl, ServiceError } from '../services';
import { readSystemHive } from '../system-hives';
import { ask, type NetCommand, parseOptions, succeed } from './command';
import { NetFailure, netFailure, syntaxFailure, systemFailure } from './failure';

/** The service of a name or of a display name. */
function find(services: readonly ServiceRecord[], words: readonly string[]): ServiceRecord {
  const wanted = words.join(' ').toLowerCase();
  const service =
    services.find(({ name }) => name.toLowerCase() === wanted) ??
    services.find((one) => displayNameOf(one).toLowerCase() === wanted);
  if (service === undefined) throw netFailure(2185);
  return service;
}

const called = (service: ServiceRecord): string => `The ${displayNameOf(service)} service`;

/** `net start [service]` */
export const start: NetCommand = async (context, args) => {
  const { words } = parseOptions(args, [], syntaxFailure('NET START', '[service]'));
  const { control, services } = await open(context);
  if (words.length === 0) {
    const names = services
      .filter((service) => !isDriver(service) && control.isRunning(service))
      .map((service) => `   ${displayNameOf(service)}\r\n`)
      .sort((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' }));
    context.output.write(`These Windows services are started:\r\n\r\n${names.join('')}\r\n`);
    return succeed(context);
  }
  const service = find(services, words);
  try {
    await control.start(service);
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    throw error.code === 1056 ? netFailure(2182) : systemFailure(error.code);
  }
  context.output.write(
    `${called(service)} is starting.\r\n${called(service)} was started successfully.\r\n\r\n`,
  );
};

/** `net stop service`: asks before it stops those that depend on it. */
export const stop: NetCommand = async (context, args) => {
  const refused = syntaxFailure('NET STOP', 'service');
  const options = parseOptions(args, [], refused);
  if (options.words.length === 0) throw refused;
  const { control, services } = await open(context);
  const service = find(services, options.words);
  if (!control.isRunning(service)) throw netFailure(3521, `${called(service)} is not started.`);
  if (!control.canStop(service)) throw netFailure(2191);
  const dependents = control.runningDependents(service);
  if (dependents.some((one) => !control.canStop(one))) throw netFailure(2189);
  if (dependents.length > 0) {
    const names = dependents.map((one) => `   ${displayNameOf(one)}\r\n`).join('');
    context.output.write(
      `The following services are dependent on the ${displayNameOf(service)} service.\r\n` +
        `Stopping the ${displayNameOf(service)} service will also stop these services.\r\n\r\n${names}\r\n`,
    );
    const question = 'Do you want to continue this operation? (Y/N) [N]: ';
    if (!(await ask(context, options, question, false))) throw new NetFailure('');
  }
  for (const one of [...dependents, service]) {
    await control.stop(one);
    context.output.write(`${called(one)} is stopping.\r\n${called(one)} was stopped successfully.\r\n\r\n`);
  }
};

async function open(context: ProgramContext) {
  const system = await readSystemHive(context, 'SYSTEM');
  return { control: new ServiceControl(context.host, system), services: listServices(system) };
}
