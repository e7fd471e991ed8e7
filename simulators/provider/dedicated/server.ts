import { NullPhysicalServer } from '../null-physical-server';
import type { PhysicalServer } from '../physical-server';
import type { Random } from '../random';
import { type BootEntry, createBootList, type Region } from './boot-list';
import type { CurrentBoot } from './current-boot';

/**
 * Whether the firmware asks the network what to boot: always; or never, because somebody changed the boot order in the
 * firmware, or because the server only has private networks. Then a netboot can be chosen, and has no effect.
 */
export type NetbootReach = 'works' | 'boot order' | 'private network';

export type ServerState = 'error' | 'hacked' | 'hackedBlocked' | 'ok';

/** Some of `dedicated.DatacenterEnum` of the API schema. */
export type Datacenter = 'bhs7' | 'gra1' | 'hil1' | 'lim3' | 'rbx8' | 'sbg5' | 'vin1' | 'waw1';

/** A group of equal disks, as `specifications/hardware` shows it. Sizes in GB. */
interface DiskGroup {
  readonly numberOfDisks: number;
  readonly diskSize: number;
  readonly diskType: string;
}

/** What a scenario says about a server; all else has a default. */
export interface ServerDescription {
  /** `ns1111111.ip-203-0-113.eu` */
  readonly name: string;
  readonly ip: string;
  readonly mac: string;
  /** The installed template, such as `win2022-std_64` or `debian12_64`. */
  readonly os: string;
  /** Memory in GB, as the customer sees it in the specifications. */
  readonly memory: number;
  /** The machine behind it; a `NullPhysicalServer` when left out. */
  readonly hardware?: PhysicalServer;
  readonly boots?: readonly BootEntry[];
  readonly bootId?: number;
  readonly rescueMail?: string;
  readonly monitoring?: boolean;
  readonly noIntervention?: boolean;
  readonly state?: ServerState;
  readonly bootMode?: 'legacy' | 'uefi';
  readonly datacenter?: Datacenter;
  readonly diskGroups?: readonly DiskGroup[];
  /** Whether the server has an IPMI module with a KVM console. */
  readonly ipmi?: boolean;
  /** `expired`: the service has run out; every call on it is refused. */
  readonly service?: 'ok' | 'expired';
  readonly netboot?: NetbootReach;
  /** The physical KVM that the customer rents with the server, until `expiration` (epoch milliseconds). */
  readonly kvm?: { readonly name: string; readonly ip: string | null; readonly expiration: number };
  readonly rescueSshKey?: string;
}

export interface Intervention {
  readonly interventionId: number;
  readonly date: number;
  readonly type: string;
}

/** What the customer may get from the IPMI module, until `expiration` (epoch milliseconds). */
interface ConsoleAccess {
  readonly value: string;
  readonly expiration: number;
}

/** A dedicated server as the provider knows it. The fields that a customer may change are not readonly. */
export interface DedicatedServer {
  readonly name: string;
  readonly ip: string;
  readonly mac: string;
  readonly os: string;
  readonly memory: number;
  readonly hardware: PhysicalServer;
  readonly boots: readonly BootEntry[];
  readonly serverId: number;
  /** The id of the server in the provider's access management: a UUID. */
  readonly iamId: string;
  readonly bootMode: 'legacy' | 'uefi';
  readonly datacenter: Datacenter;
  readonly diskGroups: readonly DiskGroup[];
  readonly ipmi: boolean;
  /** The nichandle of the customer that it belongs to. */
  readonly owner: string;
  readonly interventions: Intervention[];
  readonly consoleAccesses: Map<string, ConsoleAccess>;
  readonly created: number;
  readonly kvm: ServerDescription['kvm'];
  netboot: NetbootReach;
  /** What the customer set for the renewal of the service. */
  renew: {
    readonly automatic: boolean;
    readonly deleteAtExpiration: boolean;
    readonly period: number | null;
  };
  /** Fields whose old value is still read for a while after a change, and until when. */
  readonly stale: Map<'rescueMail' | 'rootDevice', { readonly value: string | null; readonly until: number }>;
  service: 'ok' | 'expired';
  /** The netboot of the next (re)boot. */
  bootId: number | null;
  bootScript: string | null;
  efiBootloaderPath: string | null;
  monitoring: boolean;
  noIntervention: boolean;
  rescueMail: string | null;
  rescueSshKey: string | null;
  rootDevice: string | null;
  state: ServerState;
  /** What the server was last told to boot; undefined as long as it never asked. */
  boot: CurrentBoot | undefined;
}

export function createServer(
  description: ServerDescription,
  { owner, random, now, region }: { owner: string; random: Random; now: number; region: Region },
): DedicatedServer {
  const boots = description.boots ?? createBootList(random.stream(`boots of ${description.name}`), region);
  const disk = boots.find((boot) => boot.bootType === 'harddisk');
  return {
    name: description.name,
    ip: description.ip,
    mac: description.mac,
    os: description.os,
    memory: description.memory,
    hardware: description.hardware ?? new NullPhysicalServer(),
    boots,
    serverId: 1000000 + random.stream(`id of ${description.name}`).integer(9000000),
    iamId: random.stream(`iam id of ${description.name}`).uuid(),
    bootMode: description.bootMode ?? 'legacy',
    datacenter: description.datacenter ?? 'gra1',
    diskGroups: description.diskGroups ?? [{ numberOfDisks: 2, diskSize: 960, diskType: 'SSD' }],
    ipmi: description.ipmi ?? true,
    owner,
    interventions: [],
    consoleAccesses: new Map(),
    created: now,
    kvm: description.kvm,
    netboot: description.netboot ?? 'works',
    renew: { automatic: true, deleteAtExpiration: false, period: 12 },
    stale: new Map(),
    service: description.service ?? 'ok',
    bootId: description.bootId ?? disk?.bootId ?? null,
    bootScript: null,
    efiBootloaderPath: null,
    monitoring: description.monitoring ?? true,
    noIntervention: description.noIntervention ?? false,
    rescueMail: description.rescueMail ?? null,
    rescueSshKey: description.rescueSshKey ?? null,
    rootDevice: null,
    state: description.state ?? 'ok',
    boot: undefined,
  };
}

/** The netboot that the customer has chosen, or the disk when none is chosen. */
export function chosenBoot(server: DedicatedServer): BootEntry {
  return server.boots.find((boot) => boot.bootId === server.bootId) ?? diskBoot(server);
}

/** What the next (re)boot takes: the chosen netboot, or the disk where the firmware asks no netboot. */
export function nextBoot(server: DedicatedServer): BootEntry {
  return server.netboot === 'works' ? chosenBoot(server) : diskBoot(server);
}

function diskBoot(server: DedicatedServer): BootEntry {
  const entry = server.boots.find((boot) => boot.bootType === 'harddisk');
  if (entry === undefined) {
    throw new Error(
      `The server ${server.name} has no netboot ${server.bootId} and none of type harddisk; give it one in \`boots\`.`,
    );
  }
  return entry;
}
