import type { Hive } from '../../disk/regf';
import { currentControlSet } from '../../disk/sam';
import { longStamp, type Program, type ProgramContext } from '../shell';
import type { NetworkAdapter } from './ipconfig';
import type { MachineFacts } from './machine-facts';
import { readSystemHive } from './system-hives';

/** A row: the value stands in column 28. */
function field(name: string, value: string): string {
  return `${`${name}:`.padEnd(27)}${value}\r\n`;
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / 2 ** 20).toLocaleString('en-US')} MB`;

/** A hive of the running system, or undefined where it cannot be read: its rows say N/A then. */
async function systemHive(context: ProgramContext, name: 'SYSTEM' | 'SOFTWARE'): Promise<Hive | undefined> {
  try {
    return await readSystemHive(context, name);
  } catch {
    return undefined;
  }
}

interface InstalledSystem {
  readonly productName: string;
  readonly server: boolean;
  readonly servicePack: string;
  readonly owner: string;
  readonly organization: string;
  readonly productId: string;
  readonly installed: Date | undefined;
  readonly timeZone: string;
}

async function installedSystem(context: ProgramContext): Promise<InstalledSystem> {
  const software = await systemHive(context, 'SOFTWARE');
  const system = await systemHive(context, 'SYSTEM');
  const current = software?.key('Microsoft\\Windows NT\\CurrentVersion');
  const controlSet = system && currentControlSet(system);
  const zone = system?.key(`${controlSet}\\Control\\TimeZoneInformation`);
  const productName = current?.getString('ProductName') ?? 'Windows';
  const seconds = current?.getDword('InstallDate');
  return {
    productName: /^Microsoft /.test(productName) ? productName : `Microsoft ${productName}`,
    server: /Server/.test(productName),
    servicePack: current?.getString('CSDVersion') ?? 'N/A',
    owner: current?.getString('RegisteredOwner') ?? 'N/A',
    organization: current?.getString('RegisteredOrganization') ?? '',
    productId: current?.getString('ProductId') ?? 'N/A',
    installed: seconds === undefined ? undefined : new Date(seconds * 1000),
    // Our choice: the zone's key name; Windows shows its longer display name.
    timeZone: zone?.getString('TimeZoneKeyName') ?? '(UTC) Coordinated Universal Time',
  };
}

/** A count, then one line for each thing, numbered. */
function numbered(name: string, count: string, items: readonly string[]): string {
  const lines = items.map(
    (item, index) => `${''.padEnd(27)}[${String(index + 1).padStart(2, '0')}]: ${item}\r\n`,
  );
  return field(name, count) + lines.join('');
}

function networkCards(adapters: readonly NetworkAdapter[]): string {
  const indent = `\r\n${''.padEnd(33)}`;
  const cards = adapters.map((adapter) => {
    const addresses = [adapter.ipv4, adapter.ipv6LinkLocal?.replace(/%.*$/, '')].filter(
      (address) => address !== undefined,
    );
    const shown = addresses.map((address, index) => `[${String(index + 1).padStart(2, '0')}]: ${address}`);
    const state = adapter.connected
      ? ['DHCP Enabled:    Yes', 'IP address(es)', ...shown]
      : ['Status:          Media disconnected'];
    return [adapter.description, `Connection Name: ${adapter.name}`, ...state].join(indent);
  });
  return numbered('Network Card(s)', `${cards.length} NIC(s) Installed.`, cards);
}

/**
 * `systeminfo`: the rows of Windows Server 2022. The system's own facts come out of its SOFTWARE and SYSTEM hives, the
 * others from the machine. Hotfixes: none (our choice).
 */
export function systeminfo(
  adapters: () => Promise<readonly NetworkAdapter[]>,
  machine: () => Promise<MachineFacts>,
): Program {
  return async (context) => {
    const { args, host, output, errors } = context;
    const list = args.length === 2 && /^\/fo$/i.test(args[0] ?? '') && /^list$/i.test(args[1] ?? '');
    if (args.length > 0 && !list) {
      // Our text.
      errors.write('ERROR: This stand-in knows "systeminfo" and "systeminfo /fo list" only.\r\n');
      return 1;
    }
    const installed = await installedSystem(context);
    const facts = await machine();
    const volumes = await host.volumes();
    const boot = volumes.find(({ info }) => info === 'System') ?? volumes.find(({ info }) => info === 'Boot');
    const build = host.version.split('.')[2] ?? '';
    const root = `${host.systemDrive}:\\Windows`;
    output.write(
      [
        '\r\n',
        field('Host Name', host.hostName.toUpperCase()),
        field('OS Name', installed.productName),
        field('OS Version', `${host.version} ${installed.servicePack} Build ${build}`),
        field('OS Manufacturer', 'Microsoft Corporation'),
        field('OS Configuration', installed.server ? 'Standalone Server' : 'Standalone Workstation'),
        field('OS Build Type', 'Multiprocessor Free'),
        field('Registered Owner', installed.owner),
        field('Registered Organization', installed.organization),
        field('Product ID', installed.productId),
        field('Original Install Date', installed.installed ? longStamp(installed.installed) : 'N/A'),
        field('System Boot Time', longStamp(facts.bootTime)),
        field('System Manufacturer', facts.manufacturer),
        field('System Model', facts.model),
        field('System Type', 'x64-based PC'),
        numbered('Processor(s)', `${facts.processors.length} Processor(s) Installed.`, facts.processors),
        field('BIOS Version', facts.bios),
        field('Windows Directory', root),
        field('System Directory', `${root}\\system32`),
        field('Boot Device', boot?.devicePath ?? 'N/A'),
        field('System Locale', 'en-us;English (United States)'),
        field('Input Locale', 'en-us;English (United States)'),
        field('Time Zone', installed.timeZone),
        field('Total Physical Memory', megabytes(facts.totalMemory)),
        field('Available Physical Memory', megabytes(facts.freeMemory)),
        field('Virtual Memory: Max Size', megabytes(facts.totalMemory)),
        field('Virtual Memory: Available', megabytes(facts.freeMemory)),
        field('Virtual Memory: In Use', megabytes(facts.totalMemory - facts.freeMemory)),
        field('Page File Location(s)', 'N/A'),
        field('Domain', 'WORKGROUP'),
        field('Logon Server', `\\\\${host.hostName.toUpperCase()}`),
        field('Hotfix(s)', 'N/A'),
        networkCards(await adapters()),
      ].join(''),
    );
    return 0;
  };
}
