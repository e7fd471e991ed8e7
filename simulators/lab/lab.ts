import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheDirectory, emulatorProgram, ensureImages, type LabImages, probeLinux } from '../../images';
import type { Evidence } from '../evidence';
import { type Fault, LabClock } from '../provider';
import { dedicatedConsoles, startConsoleProxy, startPanel } from '../provider/panel';
import { addControl } from '../provider-lab';
import { blankDisk, type InstalledServer, type ServerDisk, WaypointShelf } from '../server';
import {
  type Accelerator,
  chooseAccelerator,
  type MachineContext,
  reapStaleSessions,
  Session,
  useQemu,
} from '../vm';
import { describeLab, type LabAddresses } from './addresses';
import type { CloudChoice } from './cloud-choice';
import { collectServerEvidence } from './collect-evidence';
import { DynamicData, type DynamicDataChoice } from './dynamic-data';
import {
  type InstalledImage,
  type InstalledServerChoice,
  installedImage,
  makeInstalledServer,
  type WindowsChoice,
} from './installed-servers';
import type { LabListener } from './lab-events';
import { NovaLab } from './nova-lab';
import { OvhLab } from './ovh-lab';
import type { NamedText } from './volume-file';

export interface LabOptions {
  /** Which families to start; default both. */
  readonly families?: readonly ('ovh' | 'nova')[];
  /** Windows and firmware of the families' servers. Default: Windows Server 2008 R2 with BIOS. */
  readonly windows?: WindowsChoice;
  /** How the nova family's cloud is set up. */
  readonly cloud?: CloudChoice;
  /** false: every boot is walked, none is forked or saved (`@cold`, `RESCUE_LAB_COLD=1`). */
  readonly waypoints?: boolean;
  /** Where saved boots are kept; default `waypoints` in the cache directory. */
  readonly waypointFolder?: string;
  readonly accelerator?: 'kvm' | 'tcg' | undefined;
  /** Where a failing machine leaves its last picture. */
  readonly evidenceDirectory?: string;
  readonly onEvent?: LabListener;
  /** What goes wrong at the ovh provider from the start. */
  readonly faults?: readonly Fault[];
  /** Whether the ovh provider's port answers https too; default no. */
  readonly tls?: boolean;
  readonly progress?: (line: string) => void;
}

/** From QMP's silence to the news that QEMU has ended (ms). */
const lossDeadline = 5000;

/** One whole lab: session, images, providers, machines, panel, mail. Disposing it ends everything it started. */
export class Lab implements AsyncDisposable {
  readonly #owned = new AsyncDisposableStack();
  /** The time of both providers: freeze it, advance it, let it run. */
  readonly clock = this.#owned.use(new LabClock());
  #ovh: OvhLab | undefined;
  #nova: NovaLab | undefined;
  /** Servers without a provider. */
  readonly #installed: InstalledServer[] = [];
  #shelf: WaypointShelf | undefined;
  #panelUrl = '';
  readonly #progress: (line: string) => void;
  readonly #context: MachineContext;
  #loseMachine: (loss: Error) => void = () => undefined;
  /** Resolves with what was seen when a server's machine ends although nobody switched it off; the lab goes on. */
  readonly machineLost = new Promise<Error>((resolve) => {
    this.#loseMachine = resolve;
  });

  private constructor(
    readonly session: Session,
    readonly images: LabImages,
    readonly accelerator: Accelerator,
    { evidenceDirectory, progress = () => undefined }: LabOptions,
  ) {
    this.#progress = progress;
    this.#context = { session, accelerator, ...(evidenceDirectory ? { evidenceDirectory } : {}) };
  }

  static async start(options: LabOptions = {}): Promise<Lab> {
    await reapStaleSessions();
    const images = await ensureImages(options.progress ?? (() => undefined));
    useQemu(emulatorProgram(images.emulator));
    const session = Session.start();
    try {
      const accelerator = await chooseAccelerator({
        session,
        override: options.accelerator ?? environmentAccelerator(),
        cacheDir: cacheDirectory(),
        payload: probeLinux(images),
      });
      const lab = new Lab(session, images, accelerator, options);
      lab.#owned.use(session);
      await lab.#start(options);
      return lab;
    } catch (error) {
      await session.dispose();
      throw error;
    }
  }

  get ovh(): OvhLab {
    return there(this.#ovh, 'ovh');
  }

  get nova(): NovaLab {
    return there(this.#nova, 'nova');
  }

  /** Has the next lab walk the boots that this one forked or saved. */
  async discardWaypoints(): Promise<void> {
    await this.#shelf?.discardUsed();
  }

  /** A server without a provider, switched off; it ends with the lab. See `makeInstalledServer`. */
  async installedServer(choice: InstalledServerChoice): Promise<InstalledServer> {
    const { session } = this;
    const server = await makeInstalledServer(choice, {
      session,
      context: this.#context,
      progress: this.#progress,
    });
    this.#installed.push(server);
    return this.#owned.use(server);
  }

  /** Dynamic data disks that belong to no machine yet; they go with the lab. See `DynamicData.make`. */
  dynamicData(
    choice: DynamicDataChoice,
    fileOn?: (letter: string) => NamedText | undefined,
  ): Promise<DynamicData> {
    return DynamicData.make(this.session.tempDir(choice.groupName.toLowerCase()), choice, fileOn);
  }

  /** A new disk that belongs to no machine yet; it goes with the lab. */
  blankDisk(name: string, sizeBytes: number): Promise<ServerDisk> {
    return blankDisk(this.session.tempDir(name), name, sizeBytes);
  }

  get panelUrl(): string {
    return this.#panelUrl;
  }

  /**
   * Switches all servers on, as a customer would have left them: the dedicated one stands at its boot failure screen,
   * the instance's Windows takes logins. Rejects as soon as a machine is lost on the way.
   * @param progress hears how far they are, a line each
   */
  async switchOn(progress: (line: string) => void = () => undefined): Promise<void> {
    const all = Promise.all([this.#switchOnOvh(progress), this.#switchOnNova(progress)]);
    const loss = await Promise.race([all.then(() => undefined), this.machineLost]);
    if (loss) throw loss;
  }

  /**
   * The loss behind another failure, such as a connection that broke: asks each server's machine for a sign of life.
   * Undefined when all are well.
   */
  async lossBehindFailure(): Promise<Error | undefined> {
    for (const server of [this.#ovh?.machine, ...(this.#nova?.machines ?? [])]) {
      const machine = await server?.running().catch(() => undefined);
      const alive = await machine?.qmp.execute('query-status').catch(() => undefined);
      if (machine && !alive) {
        return Promise.race([this.machineLost, after(lossDeadline)]);
      }
    }
    return undefined;
  }

  /** Addresses and credentials of everything in the lab: the contract of `rescue-lab up --json`. */
  addresses(): LabAddresses {
    return describeLab(this.session.id, this.#panelUrl, this.#ovh, this.#nova);
  }

  /** Logs, command lines and disk facts of every server; its screen too where a picture is wanted. */
  async collectEvidence(
    evidence: Evidence,
    keepPicture?: (png: Uint8Array, caption: string) => Promise<void>,
  ): Promise<void> {
    const ovh = this.#ovh;
    if (ovh) {
      await collectServerEvidence(ovh.machine, ovh.machine.options.disks, evidence, keepPicture);
    }
    const nova = this.#nova;
    for (const machine of nova?.machines ?? []) {
      await collectServerEvidence(machine, machine.disks, evidence, keepPicture);
    }
    for (const server of this.#installed) {
      const { options, serial } = server;
      const seen = { options, serial, running: async () => server.running };
      await collectServerEvidence(seen, options.disks, evidence, keepPicture);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#owned.disposeAsync();
  }

  async #switchOnOvh(progress: (line: string) => void): Promise<void> {
    if (!this.#ovh) return;
    await this.#ovh.standAtBootFailure();
    progress(`${this.#ovh.machine.options.name}: stands at its boot failure screen`);
  }

  async #switchOnNova(progress: (line: string) => void): Promise<void> {
    if (!this.#nova) return;
    const { serverName } = this.#nova;
    progress(`${serverName}: booting Windows, which takes half a minute and more under emulation`);
    await this.#nova.switchOn();
    progress(`${serverName}: Windows takes logins`);
  }

  async #start(options: LabOptions): Promise<void> {
    const { families = ['ovh', 'nova'], onEvent = () => undefined } = options;
    const { session, images } = this;
    const context = this.#context;
    const installed: InstalledImage = options.windows
      ? await installedImage(options.windows, this.#progress)
      : { disk: path.join(images.windowsServer2008R2Disk, 'disk.qcow2'), firmware: 'bios' };
    const cold = options.waypoints === false || process.env['RESCUE_LAB_COLD'] === '1';
    const folder = options.waypointFolder ?? path.join(cacheDirectory(), 'waypoints');
    const shelf = cold ? undefined : new WaypointShelf(folder);
    this.#shelf = shelf;
    const onLost = (server: string, error: Error): void => {
      onEvent({ kind: 'failed', server, reason: firstLine(error.message) });
      this.#loseMachine(error);
    };
    const consoles = this.#owned.use(await startConsoleProxy());
    if (families.includes('ovh')) {
      const consoleUrl = ({ token }: { readonly token: string }) => consoles.urlFor(token);
      this.#ovh = this.#owned.use(
        await OvhLab.start({
          images,
          installed,
          session,
          context,
          shelf,
          consoleUrl,
          onEvent,
          onLost,
          clock: this.clock,
          faults: options.faults ?? [],
          tls: options.tls ?? false,
        }),
      );
      consoles.add(dedicatedConsoles(this.#ovh.provider.core));
    }
    if (families.includes('nova')) {
      const choice = options.cloud ?? {};
      const nova = await NovaLab.start({
        clock: this.clock,
        choice,
        rescueImage: choice.rescueImage && (await installedImage(choice.rescueImage.windows, this.#progress)),
        installed,
        session,
        context,
        shelf,
        consoleProxyUrl: () => consoles.url,
        onEvent,
        onLost,
        faults: options.faults ?? [],
      });
      this.#nova = this.#owned.use(nova);
      consoles.add((token) => nova.provider.resolveConsole(token));
    }
    const place = this.#ovh?.provider ?? this.#nova?.provider;
    if (place) {
      const dedicated = this.#ovh?.provider.core.faults;
      const cloud = this.#nova?.provider.faults;
      addControl(
        place,
        this.clock,
        [dedicated, cloud].flatMap((faults) => faults ?? []),
      );
    }
    const panel = await startPanel({
      ...(this.#ovh ? { ovh: this.#ovh.provider } : {}),
      ...(this.#nova ? { nova: this.#nova.provider } : {}),
    });
    this.#panelUrl = this.#owned.use(panel).url;
  }
}

function firstLine(text: string): string {
  return text.slice(0, text.search(/\n|$/));
}

async function after(milliseconds: number): Promise<undefined> {
  await pause(milliseconds, undefined, { ref: false });
}

function environmentAccelerator(): 'kvm' | 'tcg' | undefined {
  const wanted = process.env['RESCUE_LAB_ACCELERATOR'];
  if (wanted === undefined || wanted === '' || wanted === 'kvm' || wanted === 'tcg') {
    return wanted === '' ? undefined : wanted;
  }
  throw new Error(`RESCUE_LAB_ACCELERATOR is "${wanted}"; it can be kvm or tcg.`);
}

function there<Family>(family: Family | undefined, name: string): Family {
  if (!family) {
    throw new Error(`This lab was started without the ${name} family; name it in \`families\`.`);
  }
  return family;
}
