import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Fault, readFault } from '../../simulators/provider';
import { type ProviderLabOptions, readAssumption } from '../../simulators/provider-lab';

export interface UpOptions {
  readonly json?: boolean;
  readonly family?: readonly ('ovh' | 'nova' | 'rackspace')[];
  readonly off?: boolean;
  readonly cold?: boolean;
  /** false: the providers alone. */
  readonly machines: boolean;
  readonly fault: readonly Fault[];
  readonly assume: readonly ProviderLabOptions[];
  readonly seed?: string;
  readonly port?: number;
  readonly smtp?: { readonly host: string; readonly port: number };
  readonly region?: 'EU' | 'CA' | 'US';
}

/** The options of `rescue-lab up`, for the whole command and for the one that starts without the machines' code. */
export function upOptions(command: Command): Command {
  return command
    .description(
      'Start a live lab and keep it until Ctrl-C: prints addresses and credentials of API, panel, mailbox and servers. The dedicated server stands at its boot failure screen, the cloud server runs.',
    )
    .option('--json', 'print one JSON object on one line on standard output, once all is ready')
    .addOption(
      new Option(
        '--family <name...>',
        'start only these providers; rackspace, the nova API in its dialect, with --no-machines',
      ).choices(['ovh', 'nova', 'rackspace']),
    )
    .option('--off', 'leave the servers switched off: ready in seconds')
    .option('--cold', 'boot everything from power-on, without saved states')
    .option('--no-machines', 'only the providers: no virtual machine, no image; ready at once')
    .option(
      '--fault <fault>',
      'let this go wrong at the providers; can be given again',
      oneMore(readFault),
      [],
    )
    .option(
      '--assume <name=value>',
      'with --no-machines: another answer to what is not known of the provider; can be given again',
      oneMore(readAssumption),
      [],
    )
    .option('--seed <text>', 'with --no-machines: the same seed gives the same keys, ids and passwords')
    .option('--port <number>', 'with --no-machines: where the ovh provider listens', portNumber)
    .option(
      '--smtp <host:port>',
      'with --no-machines: send the mails to this server, instead of a mailbox of the lab',
      hostAndPort,
    )
    .addOption(
      new Option('--region <name>', 'with --no-machines: of the ovh provider').choices(['EU', 'CA', 'US']),
    )
    .addHelpText(
      'after',
      `
The nova provider takes the commands openstack and nova; the printed export line, or "environment" of the JSON, points
them at it. Each provider has users with different rights, and another customer.

A fault is a kind, and behind a colon what it is limited to: error-500:path=/dedicated/server/*/task/*,for=5m
Paths of the nova provider begin with the service: path=/compute/*.
A kind that there is not, such as --fault help, lists those that there are; --assume help does the same.

What happens goes to standard error. Ctrl-C, SIGTERM and SIGHUP take everything down: once the lab is ready that
is the good end and exits 0; before, 130 or 143.`,
    );
}

/** Reads one more of an option that can be given again. */
function oneMore<Value>(read: (text: string) => Value) {
  return (text: string, values: readonly Value[]): readonly Value[] => {
    try {
      return [...values, read(text)];
    } catch (error) {
      throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
    }
  };
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a number from 0 (any) to 65535.');
  }
  return port;
}

function hostAndPort(text: string): { host: string; port: number } {
  const [, host, port] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined) {
    throw new InvalidArgumentError('A mail server is written as host:port, such as 127.0.0.1:1025.');
  }
  return { host, port: portNumber(port) };
}
