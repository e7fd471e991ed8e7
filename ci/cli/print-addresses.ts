import { installedAdministrator } from '../../images';
import type { LabAddresses } from '../../simulators/lab';

/** The addresses and credentials of a live lab, for people. */
export function printAddresses(lab: LabAddresses): string {
  const { ovh, nova, mail } = lab;
  const sections = [
    section('Panel and mail', { panel: lab.panel, ...(mail && { inbox: mail.inbox, smtp: mail.smtp }) }),
    ...(ovh ? [section('ovh API', { ...ovh })] : []),
    ...(nova ? [section('nova API', { ...nova })] : []),
    ...lab.servers.map(({ name, provider, state, mac, ssh, rdp, vnc }) =>
      section(`Server ${name} (${provider}, power ${state})`, { mac, ssh, rdp, 'vnc (KVM)': vnc }),
    ),
    section('Account of the installed systems', { ...installedAdministrator }),
  ];
  return `${sections.join('\n')}\nSession ${lab.session}. Ctrl-C takes everything down.\n`;
}

function section(title: string, rows: Readonly<Record<string, string>>): string {
  const width = Math.max(...Object.keys(rows).map((name) => name.length));
  const lines = Object.entries(rows).map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`);
  return `${title}\n${lines.join('')}`;
}
