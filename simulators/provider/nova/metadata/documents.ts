import type { Random } from '../../random';
import type { Instance } from '../compute/instance';
import { ec2Metadata } from './ec2-metadata';
import { networkData } from './network-data';
import type { MetadataSources } from './sources';

/** Versions of the documents, by their features (nova/api/metadata/base.py). */
const FOLSOM = '2012-08-10';
const GRIZZLY = '2013-04-04';
const HAVANA = '2013-10-17';
const LIBERTY = '2015-10-15';
const NEWTON_ONE = '2016-06-30';
const NEWTON_TWO = '2016-10-06';
const OCATA = '2017-02-22';
const ROCKY = '2018-08-27';
const VICTORIA = '2020-10-14';

export const OPENSTACK_VERSIONS = [
  ...[FOLSOM, GRIZZLY, HAVANA, LIBERTY, NEWTON_ONE, NEWTON_TWO, OCATA, ROCKY, VICTORIA],
] as const;

/** Nova's length of `random_seed` in bytes. */
const SEED_BYTES = 512;

export interface Document {
  readonly type: 'text/plain' | 'application/json';
  readonly body: string | Uint8Array;
}

/** `openstack/<version>/<name>`; undefined where that version has none. `latest` is the newest version. */
export function openStackDocument(
  sources: MetadataSources,
  wanted: string,
  name: string,
): Document | undefined {
  const version = wanted === 'latest' ? VICTORIA : wanted;
  if (!OPENSTACK_VERSIONS.some((known) => known === version)) {
    return undefined;
  }
  const since = (feature: string) => version >= feature;
  const { instance, networks } = sources;
  switch (name) {
    case '':
      return text(namesOf(instance, version).join('\n'));
    case 'meta_data.json':
      return json(metaData(sources, version));
    case 'user_data':
      return userData(instance);
    case 'vendor_data.json':
      return since(HAVANA) ? json({}) : undefined;
    case 'network_data.json':
      return since(LIBERTY) ? json(networkData(instance, networks)) : undefined;
    case 'vendor_data2.json':
      return since(NEWTON_TWO) ? json({ static: {} }) : undefined;
    default:
      return undefined;
  }
}

/** `ec2/<version>/<path...>`: a text, or the names below a folder; undefined where there is none. */
export function ec2Document(
  sources: MetadataSources,
  version: string,
  path: readonly string[],
): Document | undefined {
  const { instance } = sources;
  const metadata = ec2Metadata(sources, version);
  if (metadata === undefined) {
    return undefined;
  }
  const raw = userData(instance);
  const [first] = path;
  if (first === 'user-data') {
    return path.length === 1 ? raw : undefined;
  }
  let at: unknown = { 'meta-data': metadata, ...(raw && { 'user-data': '' }) };
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) {
      return undefined;
    }
    at = (at as Record<string, unknown>)[name];
  }
  const isKeys = path[0] === 'meta-data' && path[1] === 'public-keys' && path.length === 2;
  // This folder alone shows its members by name, and without a slash.
  return text(isKeys ? `0=${instance.keyPair?.name}` : printed(at));
}

/** Everything that a config drive has, by path: nothing but these files can hold the password. */
export function configDriveDocuments(
  sources: MetadataSources,
  adminPass: string | undefined,
): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  // `config_drive_skip_versions`: the older ones are left out by default.
  for (const version of ['2009-04-04', 'latest']) {
    files.set(`ec2/${version}/meta-data.json`, JSON.stringify(ec2Metadata(sources, version)));
    const raw = userData(sources.instance);
    if (raw !== undefined) {
      files.set(`ec2/${version}/user-data`, raw.body);
    }
  }
  const seed = randomSeed(sources.random);
  for (const version of [...OPENSTACK_VERSIONS, 'latest']) {
    for (const name of namesOf(sources.instance, version === 'latest' ? VICTORIA : version)) {
      const document = openStackDocument(sources, version, name);
      if (document !== undefined) {
        files.set(`openstack/${version}/${name}`, document.body);
      }
    }
    const known = metaData(sources, version === 'latest' ? VICTORIA : version);
    const withPassword = {
      ...known,
      ...('random_seed' in known && { random_seed: seed }),
      ...(adminPass !== undefined && { admin_pass: adminPass }),
    };
    files.set(`openstack/${version}/meta_data.json`, JSON.stringify(withPassword));
  }
  return files;
}

/** The names in a version's folder; user data only where there are some. */
function namesOf(instance: Instance, version: string): string[] {
  return [
    'meta_data.json',
    ...(instance.userData === undefined ? [] : ['user_data']),
    ...(version >= GRIZZLY ? ['password'] : []),
    ...(version >= HAVANA ? ['vendor_data.json'] : []),
    ...(version >= LIBERTY ? ['network_data.json'] : []),
    ...(version >= NEWTON_TWO ? ['vendor_data2.json'] : []),
  ];
}

function metaData({ instance, random }: MetadataSources, version: string) {
  const { id, metadata, keyPair, hostname, name, projectId, availabilityZone } = instance;
  return {
    uuid: id,
    ...(Object.keys(metadata).length > 0 && { meta: metadata }),
    ...(keyPair && {
      public_keys: { [keyPair.name]: keyPair.publicKey },
      keys: [{ name: keyPair.name, type: keyPair.type, data: keyPair.publicKey }],
    }),
    hostname,
    name,
    launch_index: 0,
    availability_zone: availabilityZone,
    ...(version >= GRIZZLY && { random_seed: randomSeed(random) }),
    ...(version >= LIBERTY && { project_id: projectId }),
    ...(version >= NEWTON_ONE && { devices: [] }),
    ...(version >= VICTORIA && { dedicated_cpus: [] }),
  };
}

function randomSeed(random: Random): string {
  return Buffer.from(random.bytes(SEED_BYTES)).toString('base64');
}

function userData({ userData: given }: Instance): Document | undefined {
  return given === undefined ? undefined : { type: 'text/plain', body: Buffer.from(given, 'base64') };
}

function text(body: string): Document {
  return { type: 'text/plain', body };
}

function json(body: unknown): Document {
  return { type: 'application/json', body: JSON.stringify(body) };
}

/** A folder's names, those of further folders with a slash behind. */
function printed(value: unknown): string {
  if (Array.isArray(value)) {
    return value.join('\n');
  }
  if (typeof value !== 'object' || value === null) {
    return String(value);
  }
  return Object.entries(value)
    .map(([name, member]) => (typeof member === 'object' && !Array.isArray(member) ? `${name}/` : name))
    .sort()
    .join('\n');
}
