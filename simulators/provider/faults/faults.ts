import type { Clock } from '../clock';
import { matchesWildcard } from '../http/wildcard';
import type { Random } from '../random';
import { checkFault, type Fault } from './fault';

/** What a fault may be limited to. */
interface Occasion {
  readonly method?: string;
  readonly path?: string;
  readonly function?: string;
  readonly server?: string;
}

interface ActiveFault {
  readonly fault: Fault;
  readonly from: number;
  readonly until: number;
  left: number;
}

/** The faults of a provider. They follow the lab's clock, and strike by the lab's randomness. */
export class Faults {
  readonly #clock: Clock;
  readonly #random: Random;
  #active: ActiveFault[] = [];

  constructor({ clock, random }: { clock: Clock; random: Random }) {
    this.#clock = clock;
    this.#random = random;
  }

  get list(): readonly Fault[] {
    return this.#active
      .filter(({ left, until }) => left > 0 && this.#clock.now() < until)
      .map(({ fault }) => fault);
  }

  /** Lets `fault` happen from now on, until disposed of or over. */
  add(fault: Fault): Disposable {
    const from = this.#clock.now() + (fault.after ?? 0);
    const active: ActiveFault = {
      fault: checkFault(fault),
      from,
      until: from + (fault.for ?? Number.POSITIVE_INFINITY),
      left: fault.times ?? Number.POSITIVE_INFINITY,
    };
    this.#active.push(active);
    return {
      [Symbol.dispose]: () => {
        this.#active = this.#active.filter((other) => other !== active);
      },
    };
  }

  clear(): void {
    this.#active = [];
  }

  /** The first fault whose kind satisfies `isKind` and that strikes at this occasion. A strike counts. */
  strike(isKind: (kind: string) => boolean, occasion: Occasion = {}): Fault | undefined {
    // Most labs have none, and every call asks.
    if (this.#active.length === 0) {
      return undefined;
    }
    const now = this.#clock.now();
    const active = this.#active.find(
      ({ fault, from, until, left }) =>
        left > 0 &&
        now >= from &&
        now < until &&
        isKind(fault.kind) &&
        fits(fault, occasion) &&
        (fault.chance === undefined || this.#random.integer(1_000_000) < fault.chance * 1_000_000),
    );
    if (active !== undefined) {
      active.left -= 1;
    }
    return active?.fault;
  }

  /** As `strike`, for one kind. */
  happens(kind: string, occasion?: Occasion): Fault | undefined {
    return this.strike((other) => other === kind, occasion);
  }
}

function fits(fault: Fault, occasion: Occasion): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === occasion.method) &&
    (fault.path === undefined || matchesWildcard(fault.path, occasion.path ?? '')) &&
    (fault.function === undefined || fault.function === occasion.function) &&
    (fault.server === undefined || fault.server === occasion.server)
  );
}
