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

  /** `host:port` of the console that `token` opens; undefined when it is unknown or over, or no machine runs. */
  resolve(token: string): string | undefined {
    const grant = this.#granted.get(token);
    if (grant === undefined || this.#clock.now() > grant.until || grant.instance.vmState === 'deleted') {
      return undefined;
    }
    return grant.instance.hypervisor.console;
  }
}
