import type { Instance } from '../compute/instance';
import { ec2Document, OPENSTACK_VERSIONS, openStackDocument } from './documents';
import { EC2_VERSIONS } from './ec2-metadata';
import type { MetadataSources } from './sources';

/** Four columns of 255 characters hold a guest's encrypted password. */
const LONGEST_PASSWORD = 4 * 255;

/** What an instance may do with its metadata besides reading it. */
export interface MetadataAccess {
  readonly sources: MetadataSources;
  /** The guest tells its encrypted password; once only. */
  readonly keepPassword: (password: string) => void;
  /** Lab time: versions of days to come are not listed. */
  readonly now: number;
}

/** Answers one request for the metadata of the one instance that it comes from. */
export async function answerMetadata(
  request: Request,
  { sources, keepPassword, now }: MetadataAccess,
): Promise<Response> {
  const tokens = tokensOf(new URL(request.url).pathname);
  if (tokens === undefined) {
    return new Response(null, { status: 404 });
  }
  const [first, second = '', ...rest] = tokens;
  if (first !== 'openstack') {
    const path = first === 'ec2' ? tokens.slice(1) : tokens;
    const [version, ...below] = path;
    return version === undefined
      ? plain([...EC2_VERSIONS, 'latest'].join('\n'))
      : shown(ec2Document(sources, version, below));
  }
  if (tokens.length === 1) {
    const today = new Date(now).toISOString().slice(0, 10);
    return plain([...OPENSTACK_VERSIONS.filter((version) => version <= today), 'latest'].join('\n'));
  }
  const name = rest.join('/');
  const isVersion = openStackDocument(sources, second, '') !== undefined;
  if (name === 'password' && isVersion && second >= '2013-04-04') {
    return answerPassword(request, sources.instance, keepPassword);
  }
  return shown(openStackDocument(sources, second, name));
}

async function answerPassword(
  request: Request,
  { encryptedPassword }: Instance,
  keep: (password: string) => void,
): Promise<Response> {
  if (request.method === 'GET' || request.method === 'HEAD') {
    return plain(encryptedPassword);
  }
  if (request.method !== 'POST') {
    return new Response('GET and POST only are supported.', { status: 400 });
  }
  if (encryptedPassword !== '') {
    return new Response(null, { status: 409 });
  }
  const password = await request.text();
  if (Buffer.byteLength(password) > LONGEST_PASSWORD) {
    return new Response('Request is too large.', { status: 400 });
  }
  keep(password);
  return new Response(null);
}

/** The parts of a path; undefined when it is not well encoded. */
function tokensOf(pathname: string): string[] | undefined {
  try {
    return pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

function shown(document: ReturnType<typeof openStackDocument>): Response {
  return document === undefined
    ? new Response(null, { status: 404 })
    : new Response(document.body as BodyInit, {
        headers: { 'content-type': `${document.type}; charset=UTF-8` },
      });
}

function plain(text: string): Response {
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=UTF-8' } });
}
