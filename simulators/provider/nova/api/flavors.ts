import { refuse } from '../compute/refusal';
import type { NovaFlavor } from '../flavor';
import type { ComputeCall, ComputeContext } from './call';
import { json } from './json';
import { linksOf } from './links';
import { pageOf } from './pages';

export function listFlavors(call: ComputeCall): Response {
  return list(call, '/flavors', ({ id, name }) => ({
    id,
    name,
    ...(call.context.version >= 55 && { description: null }),
    links: linksOf(call.context, `/flavors/${id}`),
  }));
}

export function listFlavorsInDetail(call: ComputeCall): Response {
  return list(call, '/flavors/detail', (flavor) => detail(call.context, flavor));
}

export function showFlavor(call: ComputeCall): Response {
  return json({ flavor: detail(call.context, flavorOf(call)) });
}

export function listExtraSpecs(call: ComputeCall): Response {
  return json({ extra_specs: flavorOf(call).extraSpecs });
}

export function showExtraSpec(call: ComputeCall): Response {
  const { id, extraSpecs } = flavorOf(call);
  const key = call.parameters['key'] ?? '';
  if (!Object.hasOwn(extraSpecs, key)) {
    throw refuse.notFound(`Flavor ${id} has no extra specs with key ${key}.`);
  }
  return json({ [key]: extraSpecs[key] });
}

function list(call: ComputeCall, path: string, view: (flavor: NovaFlavor) => object): Response {
  const least = (name: string) => {
    const text = call.query[name]?.at(-1);
    if (text !== undefined && !/^\s*[+-]?\d+\s*$/.test(text)) {
      throw refuse.badRequest(`Invalid ${name} filter [${text}]`);
    }
    return Number(text ?? 0);
  };
  const [ram, disk] = [least('minRam'), least('minDisk')];
  const found = sorted(call, call.context.compute.flavors).filter(
    (flavor) => flavor.ram >= ram && flavor.disk >= disk,
  );
  const { items, links } = pageOf(call, { path, items: found, idOf: ({ id }) => id });
  return json({ flavors: items.map(view), ...(links && { flavors_links: links }) });
}

const COLUMNS: Readonly<Record<string, (flavor: NovaFlavor) => string | number>> = {
  flavorid: ({ id }) => id,
  name: ({ name }) => name,
  memory_mb: ({ ram }) => ram,
  root_gb: ({ disk }) => disk,
  vcpus: ({ vcpus }) => vcpus,
  ephemeral_gb: ({ ephemeral }) => ephemeral,
  swap: ({ swap }) => swap,
};

function sorted({ query }: ComputeCall, flavors: readonly NovaFlavor[]): NovaFlavor[] {
  const column = COLUMNS[query['sort_key']?.at(-1) ?? 'flavorid'];
  const sign = query['sort_dir']?.at(-1) === 'desc' ? -1 : 1;
  return [...flavors].sort((one, other) => {
    const [left, right] = [column?.(one) ?? 0, column?.(other) ?? 0];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

function flavorOf({ context, parameters }: ComputeCall): NovaFlavor {
  const id = parameters['flavor'] ?? '';
  const flavor = context.compute.flavors.find((one) => one.id === id);
  if (flavor === undefined) {
    throw refuse.notFound(`Flavor ${id} could not be found.`);
  }
  return flavor;
}

/** Nova shows no swap as an empty text up to microversion 2.74. */
function detail(context: ComputeContext, flavor: NovaFlavor) {
  const { version } = context;
  return {
    id: flavor.id,
    name: flavor.name,
    ram: flavor.ram,
    disk: flavor.disk,
    swap: flavor.swap === 0 && version < 75 ? '' : flavor.swap,
    'OS-FLV-EXT-DATA:ephemeral': flavor.ephemeral,
    'OS-FLV-DISABLED:disabled': false,
    vcpus: flavor.vcpus,
    'os-flavor-access:is_public': true,
    rxtx_factor: 1,
    links: linksOf(context, `/flavors/${flavor.id}`),
    ...(version >= 55 && { description: null }),
    ...(version >= 61 && { extra_specs: flavor.extraSpecs }),
  };
}
