import {
  LabClock,
  type OvhProvider,
  type OvhProviderOptions,
  type Random,
  seededRandom,
  startOvhProvider,
  systemRandom,
  type UnknownCall,
} from '../provider';
import { type NovaProvider, type NovaProviderOptions, startNovaProvider } from '../provider/nova';
import { startPanel } from '../provider/panel';
import { addControl } from './control';
import { DEFAULT_SERVERS, NO_BOOT_FILES, OTHER_ACCOUNT } from './default-servers';

export interface ProviderLabOptions extends Partial<Omit<OvhProviderOptions, 'clock' | 'random'>> {
  /** Which families to start; default both. */
  readonly families?: readonly ('ovh' | 'nova')[];
  readonly clock?: LabClock;
  /** The same seed: the same keys, ids and passwords, and faults at the same moments. */
  readonly seed?: string;
  /** Whether to start the control panel; default true. */
  readonly panel?: boolean;
  /** How the cloud talks; default as OpenStack. */
  readonly cloud?: NovaProvider['dialect'];
}

/** The providers of a lab with all their faces, one clock, and no machine: what a reboot does is decided at once. */
export class ProviderLab implements AsyncDisposable {
  private constructor(
    readonly clock: LabClock,
    readonly ovh: OvhProvider | undefined,
    readonly nova: NovaProvider | undefined,
    readonly panelUrl: string | undefined,
    private readonly owned: AsyncDisposableStack,
  ) {}

  static async start({
    families = ['ovh', 'nova'],
    seed,
    panel = true,
    cloud = 'openstack',
    ...options
  }: ProviderLabOptions = {}): Promise<ProviderLab> {
    await using stack = new AsyncDisposableStack();
    const clock = options.clock ?? stack.use(new LabClock());
    const random = seed === undefined ? systemRandom() : seededRandom(seed);
    const ovh = families.includes('ovh')
      ? stack.use(await startOvh({ ...options, clock, random }))
      : undefined;
    const nova = families.includes('nova')
      ? stack.use(await startNova({ clock, random: random.stream('nova'), dialect: cloud }))
      : undefined;
    const started = panel
      ? stack.use(await startPanel({ ...(ovh && { ovh }), ...(nova && { nova }) }))
      : undefined;
    return new ProviderLab(clock, ovh, nova, started?.url, stack.move());
  }

  /** From now on calls of this process to the providers' public hosts are answered here, until disposed of. */
  intercept(): Disposable {
    const stack = new DisposableStack();
    for (const provider of [this.ovh, this.nova]) {
      if (provider !== undefined) {
        stack.use(provider.intercept());
      }
    }
    return stack;
  }

  /** Requests that nothing here answers, since the last look. Taking them says that they were expected. */
  takeUnknownCalls(): readonly UnknownCall[] {
    return [...(this.ovh?.takeUnknownCalls() ?? []), ...(this.nova?.takeUnknownCalls() ?? [])];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.owned.disposeAsync();
  }
}

type OvhOptions = Partial<OvhProviderOptions> & { readonly clock: LabClock; readonly random: Random };

async function startOvh({
  servers = DEFAULT_SERVERS,
  otherAccounts = [OTHER_ACCOUNT],
  ...options
}: OvhOptions): Promise<OvhProvider> {
  const ovh = await startOvhProvider({ ...options, servers, otherAccounts });
  try {
    addControl(ovh, options.clock);
    for (const { name } of ovh.core.servers()) {
      await ovh.startNetboot(name, { files: NO_BOOT_FILES });
    }
    return ovh;
  } catch (error) {
    await ovh[Symbol.asyncDispose]();
    throw error;
  }
}

async function startNova(options: NovaProviderOptions): Promise<NovaProvider> {
  const nova = await startNovaProvider(options);
  await nova.adopt({ name: 'web-01' });
  return nova;
}
