import type { Program } from '../shell';

/** One network card as `ipconfig` shows it. Addresses as text; `mac` with hyphens. */
export interface NetworkAdapter {
  readonly name: string;
  readonly description: string;
  readonly mac: string;
  readonly connected: boolean;
  readonly ipv6LinkLocal: string | undefined;
  readonly ipv4: string | undefined;
  readonly mask: string | undefined;
  readonly gateway: string | undefined;
  readonly dnsServers: readonly string[];
}

/** The colon stands in column 37; from the name on, every odd column before it has a dot. */
function field(name: string, value: string): string {
  let text = `   ${name}`;
  while (text.length < 37) text += text.length % 2 === 1 ? '.' : ' ';
  return `${text}: ${value}\r\n`;
}

function adapterText(adapter: NetworkAdapter, all: boolean): string {
  let text = `\r\nEthernet adapter ${adapter.name}:\r\n\r\n`;
  if (!adapter.connected) text += field('Media State', 'Media disconnected');
  text += field('Connection-specific DNS Suffix ', '');
  if (all) {
    text += field('Description', adapter.description);
    text += field('Physical Address', adapter.mac);
    text += field('DHCP Enabled', 'Yes');
    text += field('Autoconfiguration Enabled ', 'Yes');
  }
  if (!adapter.connected) return text;
  const preferred = all ? '(Preferred) ' : '';
  if (adapter.ipv6LinkLocal !== undefined)
    text += field('Link-local IPv6 Address', `${adapter.ipv6LinkLocal}${preferred}`);
  if (adapter.ipv4 !== undefined) text += field('IPv4 Address', `${adapter.ipv4}${preferred}`);
  if (adapter.mask !== undefined) text += field('Subnet Mask', adapter.mask);
  text += field('Default Gateway', adapter.gateway ?? '');
  if (all && adapter.dnsServers.length > 0) {
    const [first = '', ...rest] = adapter.dnsServers;
    text += field('DNS Servers', first) + rest.map((server) => `${''.padEnd(39)}${server}\r\n`).join('');
  }
  return text;
}

const flushed = 'Successfully flushed the DNS Resolver Cache.\r\n';
const registering =
  'Registration of the DNS resource records for all adapters of this computer has been initiated. ' +
  'Any errors will be reported in the Event Viewer in 15 minutes.\r\n';

/** Switches that answer with a text; 0 where that is a success. Real texts but for `/release`. */
const answers: Readonly<Record<string, readonly [text: string, exitCode: number]>> = {
  '/flushdns': [flushed, 0],
  '/registerdns': [registering, 0],
  '/displaydns': ['Could not display the DNS Resolver Cache.\r\n', 0],
  // Our text.
  '/release': ['This stand-in keeps its addresses: every login depends on them.\r\n', 1],
};

/**
 * `ipconfig`, `/all`, `/renew` (the lease is kept and shown), `/flushdns`, `/registerdns`, `/displaydns`; `/release` is refused.
 * @param adapters asks for the machine's cards at each call.
 */
export function ipconfig(adapters: () => Promise<readonly NetworkAdapter[]>): Program {
  return async ({ args, host, output, errors }) => {
    const [option, ...rest] = args.map((word) => word.toLowerCase().replace(/^-/, '/'));
    const answer = option === undefined ? undefined : answers[option.replace(/6$/, '')];
    const listing = option === undefined || option === '/all' || /^\/renew6?$/.test(option);
    if ((!listing && !answer) || (option === '/all' && rest.length > 0)) {
      // Our text.
      errors.write('Error: unrecognized or incomplete command line.\r\n');
      return 1;
    }
    output.write('\r\nWindows IP Configuration\r\n\r\n');
    if (answer) {
      const [text, exitCode] = answer;
      (exitCode === 0 ? output : errors).write(text);
      return exitCode;
    }
    const all = option === '/all';
    if (all) {
      const general = [
        ['Host Name', host.hostName],
        ['Primary Dns Suffix ', ''],
        ['Node Type', 'Hybrid'],
        ['IP Routing Enabled', 'No'],
        ['WINS Proxy Enabled', 'No'],
      ] as const;
      output.write(general.map(([name, value]) => field(name, value)).join(''));
    }
    for (const adapter of await adapters()) output.write(adapterText(adapter, all));
    return 0;
  };
}
