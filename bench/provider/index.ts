import { Agent, get } from 'node:http';
import Table from 'cli-table3';
import { getResponse } from 'msw';
import { type OvhProvider, ovhClient, serveHandlers } from '../../simulators/provider';
import { ProviderLab } from '../../simulators/provider-lab';
import { signedHeaders } from './signed-headers';
import { type Timing, timeCalls } from './time-calls';

/** What an intercepted call may cost in the process with all routes loaded (ms, median). */
const AIM = 1.5;
/** The last of the routes: where handlers are tried in turn, it comes last. */
const CALL = '/v1/dedicated/server/ns1111111.ip-203-0-113.eu/task';

/**
 * One signed call, `GET /dedicated/server/{serviceName}/task`, through both faces of the ovh provider with all its routes,
 * and beside each the same work without msw.
 */
export async function providerBench(say: (line: string) => void): Promise<object> {
  await using lab = await ProviderLab.start({ families: ['ovh'], panel: false, seed: 'bench' });
  const provider = lab.ovh as OvhProvider;
  const { handlers } = provider;
  const local = `${provider.url}${CALL}`;
  const headers = () => signedHeaders(provider, local);
  await using plain = await serveHandlers(async (request) => provider.respondWithoutMsw(request), {});
  const rows: [string, Timing][] = [];
  const row = async (name: string, call: () => Promise<unknown>, count?: number) => {
    say(name);
    rows.push([name, await timeCalls(call, count)]);
  };

  await row('in the process, handed to the face', () =>
    bodyOf(provider.respond(new Request(local, { headers: headers() }))),
  );
  await row('  the same without msw', () =>
    bodyOf(provider.respondWithoutMsw(new Request(local, { headers: headers() }))),
  );
  await row(
    `  the same by msw's own search of ${handlers.length} handlers`,
    () => bodyOf(getResponse([...handlers], new Request(local, { headers: headers() }))),
    300,
  );
  const agent = new Agent({ keepAlive: true });
  await row('over HTTP on loopback', () => ask(local, headers(), agent));
  await row('  the same without msw', () =>
    ask(`${plain.url}${CALL}`, signedHeaders(provider, `${plain.url}${CALL}`), agent),
  );
  agent.destroy();
  await row('by fetch over loopback, where nothing is intercepted', async () =>
    (await fetch(local, { headers: headers() })).json(),
  );
  {
    using _intercepted = provider.intercept();
    const address = `https://eu.api.ovh.com${CALL}`;
    await row('by fetch at https://eu.api.ovh.com, intercepted', async () =>
      (await fetch(address, { headers: signedHeaders(provider, address) })).json(),
    );
    const { applicationKey: appKey, applicationSecret: appSecret, consumerKey } = provider;
    const client = ovhClient({ appKey, appSecret, consumerKey });
    // The client asks for the time before each of its calls.
    await row(
      'two calls of the npm client there, by node:https',
      () => client.get(CALL.replace('/v1', '')),
      500,
    );
  }

  const table = new Table({
    head: ['one signed call', 'median', '99 of 100', 'processor', 'per second, 16 at a time'],
    style: { head: [], border: [] },
  });
  for (const [name, { median, slowest, cpu, perSecond }] of rows) {
    const times = [median, slowest, cpu].map((time) => `${time.toFixed(2)} ms`);
    table.push([name, ...times, Math.round(perSecond)]);
  }
  process.stdout.write(`${table.toString()}\n`);
  const inProcess = rows.find(([name]) => name.startsWith('by fetch at'))?.[1].median ?? Number.NaN;
  if (!(inProcess < AIM)) {
    say(`The aim is missed: an intercepted call has to cost less than ${AIM} ms.`);
    process.exitCode = 1;
  }
  return { handlers: handlers.length, aimMs: AIM, calls: Object.fromEntries(rows) };
}

async function bodyOf(answer: Promise<Response | undefined>): Promise<void> {
  const response = await answer;
  if (response?.status !== 200) {
    throw new Error(`The call was answered ${response?.status}: ${await response?.text()}`);
  }
  await response.text();
}

/** By Node's own client, which costs less than fetch. */
function ask(url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent }, (response) => {
      response.resume().once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`The call was answered ${response.statusCode}.`));
      });
    }).once('error', reject);
  });
}
