import { describeProviderLab, joinAssumptions, ProviderLab } from '../../simulators/provider-lab';
import { onStopSignal } from '../features/stop-signals';
import { ExitCode } from '../setup/exit-codes.mjs';
import { novaEnvironment, novaSection } from './nova-sections';
import { printSections, withoutPem } from './print-sections';
import type { UpOptions } from './up-options';

/** `rescue-lab up --no-machines`: the providers alone, until Ctrl-C. */
export async function upProviders({
  json,
  family,
  fault: faults,
  assume,
  seed,
  port,
  smtp,
  region,
}: UpOptions): Promise<void> {
  let lab: ProviderLab | undefined;
  let ready = false;
  onStopSignal(async (signal) => {
    process.stderr.write(`${signal}: taking the lab down.\n`);
    await lab?.[Symbol.asyncDispose]();
    return ready ? ExitCode.ok : undefined;
  });
  lab = await ProviderLab.start({
    ...joinAssumptions(assume),
    faults,
    tls: true,
    ...(family && { families: family }),
    ...(seed !== undefined && { seed }),
    ...(port !== undefined && { port }),
    ...(smtp && { smtp }),
    ...(region && { region }),
  });
  const addresses = describeProviderLab(lab);
  ready = true;
  process.stdout.write(json ? `${JSON.stringify(addresses)}\n` : printProviders(addresses));
}

/** The addresses for people. */
function printProviders({
  ovh,
  nova,
  rackspace,
  panel,
  mail,
  control,
  servers,
}: ReturnType<typeof describeProviderLab>): string {
  return printSections([
    ['Panel and mail', { panel, ...mail, control }],
    ...(ovh ? ([['ovh API', withoutPem(ovh)]] as const) : []),
    ...(nova ? [novaSection(nova)] : []),
    ...(rackspace ? ([["nova API in Rackspace's dialect", rackspace]] as const) : []),
    ...servers.map(({ name, ...facts }) => [`Server ${name}`, facts] as const),
  ]).concat(
    nova ? novaEnvironment(nova) : '',
    'No machine runs: what a reboot or rescue does is decided at once. Ctrl-C takes everything down.\n',
  );
}
