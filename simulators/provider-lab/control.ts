import { type LabClock, type OvhProvider, readDuration, readFault } from '../provider';

/**
 * How programs outside the lab move its clock and make things go wrong: `GET /lab`, `POST /lab/clock` with one of
 * `{"freeze":true}`, `{"run":true}` and `{"advance":"24h"}`, `POST /lab/faults` with `{"fault":"mail-lost:times=1"}`,
 * `DELETE /lab/faults`. No provider has anything of the kind.
 */
export function addControl(provider: OvhProvider, clock: LabClock): void {
  const { faults } = provider.core;
  const state = () =>
    Response.json({ time: new Date(clock.now()).toISOString(), frozen: clock.frozen, faults: faults.list });
  provider.addRoute({ method: 'GET', pattern: '/lab', answer: state });
  provider.addRoute({
    method: 'POST',
    pattern: '/lab/clock',
    answer: ordered(async (order) => {
      await moveClock(clock, order);
      return state();
    }),
  });
  provider.addRoute({
    method: 'POST',
    pattern: '/lab/faults',
    answer: ordered(async ({ fault }) => {
      faults.add(readFault(String(fault)));
      return state();
    }),
  });
  provider.addRoute({
    method: 'DELETE',
    pattern: '/lab/faults',
    answer: () => {
      faults.clear();
      return state();
    },
  });
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
