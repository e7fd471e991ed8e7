import type { Clock } from '../../clock';
import type { Random } from '../../random';
import type { Instance } from './instance';

/** `[consoleauth] token_ttl` of Nova: ten minutes. */
const TOKEN_LIFETIME_MILLISECONDS = 600_000;

/** The tokens in console addresses: who holds one may see the console of that instance for ten minutes. */
export class ConsoleTokens {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #granted = new Map<string, { instance: Instance; until: number }>();

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  grant(instance: Instance): string {
    const token = this.#random.uuid();
    this.#granted.set(token, { instance, until: this.#clock.now() + TOKEN_LIFETIME_MILLISECONDS });
    return token;
  }

  /** The instance whose console `token` opens; undefined when it is unknown or over. */
  instanceOf(token: string): Instance | undefined {
    const grant = this.#granted.get(token);
    const isOver =
      grant === undefined || this.#clock.now() > grant.until || grant.instance.vmState === 'deleted';
    return isOver ? undefined : grant.instance;
  }

  /** `host:port` of that console; undefined also where no machine runs. */
  resolve(token: string): string | undefined {
    return this.instanceOf(token)?.hypervisor.console;
  }
}
