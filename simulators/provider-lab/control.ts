import { type Fault, type Faults, type LabClock, readDuration, readFault } from '../provider';

/** A provider that answers at addresses that no provider has. */
export interface ControlPlace {
  addRoute(route: {
    readonly method: 'GET' | 'POST' | 'DELETE';
    readonly pattern: string;
    readonly answer: (request: Request) => Promise<Response> | Response;
  }): void;
}

/**
 * How programs outside the lab move its clock and make things go wrong: `GET /lab`, `POST /lab/clock` with one of
 * `{"freeze":true}`, `{"run":true}` and `{"advance":"24h"}`, `POST /lab/faults` with `{"fault":"mail-lost:times=1"}`,
 * `DELETE /lab/faults`. A fault strikes at every provider of the lab.
 */
export function addControl(place: ControlPlace, clock: LabClock, faults: readonly Faults[]): void {
  const state = () =>
    Response.json({
      time: new Date(clock.now()).toISOString(),
      frozen: clock.frozen,
      faults: listOf(faults),
    });
  place.addRoute({ method: 'GET', pattern: '/lab', answer: state });
  place.addRoute({
    method: 'POST',
    pattern: '/lab/clock',
    answer: ordered(async (order) => {
      await moveClock(clock, order);
      return state();
    }),
  });
  place.addRoute({
    method: 'POST',
    pattern: '/lab/faults',
    answer: ordered(async ({ fault }) => {
      const read = readFault(String(fault));
      for (const one of faults) {
        one.add(read);
      }
      return state();
    }),
  });
  place.addRoute({
    method: 'DELETE',
    pattern: '/lab/faults',
    answer: () => {
      for (const one of faults) {
        one.clear();
      }
      return state();
    },
  });
}

/** A fault is over when it is over at every provider. */
function listOf(faults: readonly Faults[]): readonly Fault[] {
  return [...new Set(faults.flatMap((one) => one.list))];
}

type Order = Readonly<Record<string, unknown>>;

async function moveClock(clock: LabClock, { freeze, run, advance }: Order): Promise<void> {
  if (freeze === true) {
    clock.freeze();
  } else if (run === true) {
    clock.run();
  } else if (typeof advance === 'string') {
    await clock.advance(readDuration(advance));
  } else {
    throw new Error('Give the clock one of {"freeze":true}, {"run":true} and {"advance":"24h"}.');
  }
}

/** Carries out an order of JSON; what is wrong with it is answered 400 with a sentence. */
function ordered(carryOut: (order: Order) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      return await carryOut((await request.json()) as Order);
    } catch (error) {
      return new Response(`${error instanceof Error ? error.message : String(error)}\n`, { status: 400 });
    }
  };
}
