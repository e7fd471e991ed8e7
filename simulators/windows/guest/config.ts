/** Settings of the resident service. */
export interface GuestConfig {
  readonly role: 'rescue' | 'installed';
  /** Which of the SYSTEM hive's control sets the system starts with. */
  readonly controlSet: 'default' | 'last-known-good';
  /** Whole block devices, the running system's first. Undefined: those that the kernel shows. */
  readonly disks: readonly string[] | undefined;
  /** Undefined: the name in the SYSTEM hive. */
  readonly hostName: string | undefined;
  /** e.g. `6.1.7601`. Undefined: what the SOFTWARE hive says. */
  readonly version: string | undefined;
  /** Where the password comes from. `auto`: from a config drive where one is attached, else over HTTP. */
  readonly provisioning: 'auto' | 'http' | 'config-drive' | 'none';
  readonly sessionUrl: string;
  /** Pause between two questions for the session document. */
  readonly retryMs: number;
  /** Whether the service starts the servers around it, and sets up the firewall. */
  readonly servers: boolean;
  readonly systemDrive: string;
  /** Where the boot loader mounted the system drive. */
  readonly systemMountPoint: string;
  readonly shellSocket: string;
  readonly shellProgram: string;
  readonly passwd: string;
  /** `null` in the file: none is written. */
  readonly rdpSam: string | undefined;
  /** Whether the logon screen takes the framebuffer and the keyboards. */
  readonly screen: boolean;
}

const defaults: GuestConfig = {
  role: 'installed',
  controlSet: 'default',
  disks: undefined,
  hostName: undefined,
  version: undefined,
  provisioning: 'auto',
  sessionUrl: 'http://10.0.2.4',
  retryMs: 150,
  servers: true,
  systemDrive: 'C',
  systemMountPoint: '/win/C',
  shellSocket: '/run/standin/shell.sock',
  shellProgram: '/usr/bin/standin-shell',
  passwd: '/etc/passwd',
  rdpSam: '/run/standin/rdp.sam',
  screen: true,
};

const oneOf =
  (...allowed: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && allowed.includes(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const checks: Readonly<Record<keyof GuestConfig, (value: unknown) => boolean>> = {
  role: oneOf('rescue', 'installed'),
  controlSet: oneOf('default', 'last-known-good'),
  disks: (value) => Array.isArray(value) && value.length > 0 && value.every(isText),
  hostName: isText,
  version: (value) => typeof value === 'string' && /^\d+\.\d+\.\d+/.test(value),
  provisioning: oneOf('auto', 'http', 'config-drive', 'none'),
  sessionUrl: (value) => typeof value === 'string' && /^http:\/\/\S+$/.test(value),
  retryMs: (value) => typeof value === 'number' && value >= 0,
  servers: (value) => typeof value === 'boolean',
  systemDrive: (value) => typeof value === 'string' && /^[A-Z]$/.test(value),
  systemMountPoint: isText,
  shellSocket: isText,
  shellProgram: isText,
  passwd: isText,
  rdpSam: (value) => value === undefined || isText(value),
  screen: (value) => typeof value === 'boolean',
};

/**
 * Settings out of `/etc/standin.json` (undefined where there is no such file) and the words of the kernel's
 * command line and of the boot manager (`standin.role=rescue`, `standin.controlset=last-known-good`). @throws Error that names the setting and what was given.
 */
export function readGuestConfig(json: string | undefined, kernelCommandLine: string): GuestConfig {
  const words = kernelCommandLine.split(/\s+/);
  const role = words.includes('standin.role=rescue') ? 'rescue' : 'installed';
  const controlSet = words.includes('standin.controlset=last-known-good') ? 'last-known-good' : 'default';
  const given: unknown = json === undefined ? {} : JSON.parse(json);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new Error('The guest settings are no JSON object.');
  }
  const settings = Object.entries(given).map(([name, value]) => [name, value ?? undefined] as const);
  for (const [name, value] of settings) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof GuestConfig] : undefined;
    if (!check) {
      throw new Error(`The guest setting "${name}" is unknown; known are ${Object.keys(checks).join(', ')}.`);
    }
    if (!check(value)) throw new Error(`The guest setting "${name}" cannot be ${JSON.stringify(value)}.`);
  }
  return { ...defaults, role, controlSet, ...(Object.fromEntries(settings) as Partial<GuestConfig>) };
}
