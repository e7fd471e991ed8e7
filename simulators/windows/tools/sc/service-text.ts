import { type ServiceRecord, ServiceStart, ServiceType } from '../../../disk/registry';
import { displayNameOf, isDriver, type ServiceControl } from '../services';

const TYPES: readonly (readonly [bits: number, name: string])[] = [
  [ServiceType.kernelDriver, 'KERNEL_DRIVER'],
  [ServiceType.fileSystemDriver, 'FILE_SYSTEM_DRIVER'],
  [ServiceType.ownProcess, 'WIN32_OWN_PROCESS'],
  [ServiceType.shareProcess, 'WIN32_SHARE_PROCESS'],
];
const STARTS: Readonly<Record<number, string>> = {
  [ServiceStart.boot]: 'BOOT_START',
  [ServiceStart.system]: 'SYSTEM_START',
  [ServiceStart.auto]: 'AUTO_START',
  [ServiceStart.demand]: 'DEMAND_START',
  [ServiceStart.disabled]: 'DISABLED',
};
const ERROR_CONTROLS = ['IGNORE', 'NORMAL', 'SEVERE', 'CRITICAL'];

/** The name of each state, and what may be done in it. */
const STATES = {
  1: 'STOPPED',
  2: 'START_PENDING',
  3: 'STOP_PENDING',
  4: 'RUNNING',
} as const;
export type ServiceState = keyof typeof STATES;

export function stateOf(control: ServiceControl, service: ServiceRecord): ServiceState {
  return control.isRunning(service) ? 4 : 1;
}

function field(name: string, value: string): string {
  return `        ${name.padEnd(19)}: ${value}\r\n`;
}

function typeText(type: number): string {
  const kind = TYPES.find(([bits]) => (type & bits) !== 0)?.[1] ?? '';
  const interactive = (type & ServiceType.interactive) === 0 ? '' : ' (interactive)';
  return `${type.toString(16)}  ${kind}${interactive}`;
}

export interface StatusOptions {
  readonly state: ServiceState;
  /** Lists name what people see, a single service does not. */
  readonly displayName: boolean;
  /** `queryex` and `start` show the process as well. */
  readonly extended: boolean;
}

/** The block of `sc query`, `start` and `stop`: layout of Windows Vista and later (general knowledge). */
export function statusText(
  control: ServiceControl,
  service: ServiceRecord,
  { state, displayName, extended }: StatusOptions,
): string {
  const stoppable = state === 4 && control.canStop(service);
  const shutdown = stoppable && !isDriver(service) ? 'ACCEPTS_SHUTDOWN' : 'IGNORES_SHUTDOWN';
  const accepts = `${stoppable ? 'STOPPABLE' : 'NOT_STOPPABLE'}, NOT_PAUSABLE, ${shutdown}`;
  // 1077: no attempt to start the service has been made since the last boot.
  const exit = state === 1 ? '1077  (0x435)' : '0  (0x0)';
  const process = state === 1 ? 0 : control.processOf(service);
  return [
    `\r\nSERVICE_NAME: ${service.name} \r\n`,
    displayName ? `DISPLAY_NAME: ${displayNameOf(service)}\r\n` : '',
    field('TYPE', `${typeText(service.type)}  `),
    field('STATE', `${state}  ${STATES[state]} `),
    state === 1 ? '' : `${' '.repeat(32)}(${accepts})\r\n`,
    field('WIN32_EXIT_CODE', exit),
    field('SERVICE_EXIT_CODE', '0  (0x0)'),
    field('CHECKPOINT', '0x0'),
    field('WAIT_HINT', state === 2 ? '0x7d0' : '0x0'),
    extended ? field('PID', String(process)) + field('FLAGS', '') : '',
  ].join('');
}

/** The block of `sc qc`. @param expand gives the value of a variable such as `SystemRoot` */
export function configText(service: ServiceRecord, expand: (text: string) => string): string {
  const [first = '', ...others] = service.dependencies;
  const start = STARTS[service.start] ?? String(service.start);
  const delayed = service.delayedAutoStart ? '  (DELAYED)' : '';
  return [
    '[SC] QueryServiceConfig SUCCESS\r\n\r\n',
    `SERVICE_NAME: ${service.name}\r\n`,
    field('TYPE', `${typeText(service.type)} `),
    field('START_TYPE', `${service.start}   ${start}${delayed}`),
    field('ERROR_CONTROL', `${service.errorControl}   ${ERROR_CONTROLS[service.errorControl] ?? ''}`),
    field('BINARY_PATH_NAME', expand(service.imagePath ?? '')),
    field('LOAD_ORDER_GROUP', service.group ?? ''),
    field('TAG', String(service.tag ?? 0)),
    field('DISPLAY_NAME', displayNameOf(service)),
    field('DEPENDENCIES', first),
    ...others.map((name) => field('', name)),
    field('SERVICE_START_NAME', service.objectName ?? ''),
  ].join('');
}
