/** What the provider tells a freshly started system (docs/architecture.md). What is missing is left as it is. */
export interface SessionDocument {
  readonly hostName: string | undefined;
  /** Account whose password is set; empty for the built-in administrator. */
  readonly user: string;
  readonly password: string | undefined;
  readonly time: Date | undefined;
  readonly entropy: Uint8Array | undefined;
  /** Id of the cloud's instance: its password is set once. Without one it is set at each start. */
  readonly instance?: string | undefined;
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** @throws Error when the text is no JSON object or its time is no date. */
export function parseSessionDocument(json: string): SessionDocument {
  const given: unknown = JSON.parse(json);
  if (typeof given !== 'object' || given === null) throw new Error('The session document is no JSON object.');
  const { hostName, user, password, time, entropy } = given as Record<string, unknown>;
  const moment = text(time);
  const date = moment === undefined ? undefined : new Date(moment);
  if (date && Number.isNaN(date.getTime()))
    throw new Error(`The session document's time "${moment}" is no date.`);
  const seed = text(entropy);
  return {
    hostName: text(hostName),
    user: text(user) ?? '',
    password: text(password),
    time: date,
    entropy: seed === undefined ? undefined : Buffer.from(seed, 'base64'),
  };
}

/** The same out of an OpenStack config drive's `meta_data.json`: `uuid`, `hostname`, `admin_pass`, `random_seed`. */
export function parseMetaData(json: string): SessionDocument {
  const given: unknown = JSON.parse(json);
  if (typeof given !== 'object' || given === null) throw new Error('meta_data.json is no JSON object.');
  const { uuid, hostname, name, admin_pass, random_seed } = given as Record<string, unknown>;
  const seed = text(random_seed);
  return {
    // A host name may come with a domain.
    hostName: (text(hostname) ?? text(name))?.split('.')[0],
    user: '',
    instance: text(uuid),
    password: text(admin_pass),
    time: undefined,
    entropy: seed === undefined ? undefined : Buffer.from(seed, 'base64'),
  };
}
