import { novaAddresses, ovhAddresses } from '../provider-lab';
import type { NovaLab } from './nova-lab';
import type { OvhLab } from './ovh-lab';

/** The JSON that other people's programs read from `rescue-lab up --json`. */
export interface LabAddresses {
  readonly ovh?: {
    readonly endpoint: string;
    /** The same for clients that speak https only; `certificate`: PEM. */
    readonly https?: { readonly endpoint: string; readonly certificate: string };
    readonly applicationKey: string;
    readonly applicationSecret: string;
    readonly consumerKey: string;
    readonly oauth2: { readonly clientId: string; readonly clientSecret: string; readonly tokenUrl: string };
  };
  readonly nova?: ReturnType<typeof novaAddresses>;
  readonly panel: string;
  /** Where programs move the lab's clock and make things go wrong. */
  readonly control: string;
  readonly mail?: { readonly smtp: string; readonly inbox: string };
  readonly servers: readonly {
    readonly name: string;
    readonly provider: 'ovh' | 'nova';
    readonly address: string;
    readonly mac: string;
    readonly ssh: string;
    readonly rdp: string;
    readonly vnc: string;
    readonly state: string;
  }[];
  readonly session: string;
}

export function describeLab(
  session: string,
  panel: string,
  ovh: OvhLab | undefined,
  nova: NovaLab | undefined,
): LabAddresses {
  const at = ({ address, ports }: { address: string; ports: { ssh: number; rdp: number; vnc: number } }) => ({
    address,
    ssh: `${address}:${ports.ssh}`,
    rdp: `${address}:${ports.rdp}`,
    vnc: `${address}:${ports.vnc}`,
  });
  return {
    ...(ovh ? { ovh: ovhAddresses(ovh.provider) } : {}),
    ...(nova ? { nova: novaAddresses(nova.provider) } : {}),
    panel,
    control: `${(ovh ?? nova)?.provider.url}/lab`,
    ...(ovh ? { mail: { smtp: ovh.provider.smtp, inbox: `${ovh.provider.url}/inbox` } } : {}),
    servers: [
      ...(ovh
        ? [
            {
              name: ovh.machine.options.name,
              provider: 'ovh' as const,
              mac: ovh.machine.options.mac,
              state: ovh.machine.power,
              ...at(ovh.machine.options),
            },
          ]
        : []),
      ...(nova
        ? [
            {
              name: nova.serverName,
              provider: 'nova' as const,
              mac: nova.machine.options.mac ?? '',
              state: nova.machine.power,
              ...at(nova.machine.options),
            },
          ]
        : []),
    ],
    session,
  };
}
