import { refuse } from '../compute/refusal';
import type { NovaFlavor } from '../flavor';
import type { ComputeCall, ComputeContext } from './call';
import { json } from './json';
import { linksOf } from './links';

export function listFlavors({ context }: ComputeCall): Response {
  const flavors = context.compute.flavors.map(({ id, name }) => ({
    id,
    name,
    ...(context.version >= 55 && { description: null }),
    links: linksOf(context, `/flavors/${id}`),
  }));
  return json({ flavors });
}

export function listFlavorsInDetail({ context }: ComputeCall): Response {
  return json({ flavors: context.compute.flavors.map((flavor) => detail(context, flavor)) });
}

export function showFlavor(call: ComputeCall): Response {
  return json({ flavor: detail(call.context, flavorOf(call)) });
}

export function showExtraSpecs(call: ComputeCall): Response {
  return json({ extra_specs: flavorOf(call).extraSpecs });
}

function flavorOf({ context, parameters }: ComputeCall): NovaFlavor {
  const flavor = context.compute.flavors.find(({ id }) => id === parameters['id']);
  if (flavor === undefined) {
    throw refuse.notFound(`Flavor ${parameters['id']} could not be found.`);
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
    ...(version >= 55 && { description: null }),
    ...(version >= 61 && { extra_specs: flavor.extraSpecs }),
    links: linksOf(context, `/flavors/${flavor.id}`),
  };
}
