import { installedAdministrator } from '../../images';
import type { LabAddresses } from '../../simulators/lab';
import { novaEnvironment, novaSection } from './nova-sections';
import { printSections, withoutPem } from './print-sections';

/** The addresses and credentials of a live lab, for people. */
export function printAddresses(lab: LabAddresses): string {
  const { ovh, nova, mail, control } = lab;
  return printSections([
    ['Panel and mail', { panel: lab.panel, ...mail, control }],
    ...(ovh ? ([['ovh API', withoutPem(ovh)]] as const) : []),
    ...(nova ? [novaSection(nova)] : []),
    ...lab.servers.map(
      ({ name, provider, state, mac, ssh, rdp, vnc }) =>
        [`Server ${name} (${provider}, power ${state})`, { mac, ssh, rdp, 'vnc (KVM)': vnc }] as const,
    ),
    ['Account of the installed systems', { ...installedAdministrator }],
  ]).concat(nova ? novaEnvironment(nova) : '', `Session ${lab.session}. Ctrl-C takes everything down.\n`);
}
