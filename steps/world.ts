import { setWorldConstructor, World } from '@cucumber/cucumber';
import { attachScreen, attachState, type Evidence } from '../simulators/evidence';
import type { DynamicData, Lab, LabEvent, LabOptions } from '../simulators/lab';
import type { Wait } from '../simulators/waits';
import type { BootFirmware, WindowsProfile } from '../simulators/windows/profiles';
import type { SshClient, SshSession, VncViewer, Workstation } from '../simulators/workstation';
import type { ApiCustomer } from './api-customer';
import { CloudDesk } from './cloud-desk';
import { CloudPeople } from './cloud-people';
import type { MadeServer } from './made-server';
import type { NovaCustomer } from './nova-customer';

export type Server = Awaited<ReturnType<Lab['installedServer']>>;

/** A login that a scenario has come to know. */
export interface Login {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** One scenario: its lab, the customer's workstation, and what it has learnt on the way. */
export class RescueWorld extends World {
  evidence!: Evidence;
  /** Set by the hook: starts a lab with the scenario's evidence and ends it afterwards. */
  startLab!: (options: LabOptions) => Promise<Lab>;
  /** Set by the hook: the customer of a scenario without machines. */
  api!: ApiCustomer;
  /** Set by the hook: the customer of a cloud without machines. */
  cloud!: NovaCustomer;
  #people: CloudPeople | undefined;
  /** Nadia at her workstation, with other people's clients of a cloud without machines. */
  readonly desk = new CloudDesk((line) => this.say(line));
  #lab: Lab | undefined;
  #workstation: Workstation | undefined;
  /** What is installed on the cloud server. */
  installed!: { readonly profile: WindowsProfile; readonly firmware: BootFirmware };
  /** How the cloud of the scenario's lab will be set up, and what its server's hardware was. */
  cloudChoice: NonNullable<LabOptions['cloud']> = {};
  hardware: unknown;
  /** In rescue: the letters of the original disk's system partition and of its Windows; one where they are the same. */
  letters = { system: '', windows: '' };
  /** Object id of the boot menu's second entry. */
  secondEntry = '';
  /** Ids of what else the scenario has at the cloud of its lab. */
  cloudIds = { volume: '', image: '' };
  /** The server that the scenario made there. */
  made: MadeServer | undefined;
  /** The rescue session's login. */
  rescue: Login | undefined;
  terminal: SshSession | undefined;
  /** The customer's SSH, where it has to know the server again. */
  client: SshClient | undefined;
  /** Her SSH to each of several servers. */
  clients: readonly SshClient[] = [];
  /** The file that only this run knows, and the note beside it. */
  file = { name: '', content: '' };
  note = { name: '', content: '' };
  /** Dynamic data disks, by the name of their group. */
  readonly data = new Map<string, DynamicData>();
  /** The server without a provider that the scenario works with. */
  server: Server | undefined;
  /** Where its disks belong, while they are on another machine. */
  home: Server | undefined;
  taskId = 0;
  /** How long a program waited for an answer, in lab time (ms). */
  waited = 0;
  /** A service account at the ovh provider, and a consumer key that waits for its customer. */
  service = { clientId: '', clientSecret: '', token: '' };
  validation = { consumerKey: '', page: '' };
  /** What a program learnt when it logged in at Rackspace: its token, and where the compute service is. */
  hosted = { token: '', compute: '' };
  /** Where the serial line stood when the last act began. */
  serialMark = 0;
  /** What the customer last read in a terminal. */
  seen = '';
  /** Set by the hook: hears what the scenario waits for. */
  ear: Disposable | undefined;
  readonly waits: Wait[] = [];
  readonly exchanges: Extract<LabEvent, { kind: 'exchange' }>[] = [];

  /** Everybody who can sign in at that cloud. */
  get people(): CloudPeople {
    this.#people ??= new CloudPeople(this.cloud);
    return this.#people;
  }

  get lab(): Lab {
    return known(this.#lab, 'a lab');
  }

  set lab(lab: Lab) {
    this.#lab = lab;
  }

  get hasLab(): boolean {
    return this.#lab !== undefined;
  }

  get workstation(): Workstation {
    return known(this.#workstation, 'a workstation');
  }

  set workstation(workstation: Workstation) {
    this.#workstation = workstation;
  }

  get login(): Login {
    return known(this.rescue, 'a rescue password');
  }

  ssh(login: Login): SshClient {
    return this.workstation.ssh(login);
  }

  /** Says on the live display what is going on. */
  say(state: string): void {
    attachState((text, type) => this.attach(text, type), state);
    this.evidence.note(state);
  }

  /** Keeps a picture beside the running step. */
  async keep(png: Uint8Array, caption: string): Promise<void> {
    attachScreen((text, type) => this.attach(text, type), await this.evidence.screen(png, caption));
  }

  async keepScreen(viewer: VncViewer, caption: string): Promise<Buffer> {
    const png = viewer.screenshot();
    await this.keep(png, caption);
    return png;
  }
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) {
    throw new Error(`This scenario has no ${what} yet; a step before this one has to bring it.`);
  }
  return value;
}

setWorldConstructor(RescueWorld);
