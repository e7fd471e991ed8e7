import { v3Catalog } from './catalog';
import type { Identity } from './identity';
import type { Token } from './tokens';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  405: 'Method Not Allowed',
};

/** `{"error": {"code", "message", "title"}}`, Keystone's error body. */
export function keystoneError(
  status: number,
  message: string,
  headers: Record<string, string> = {},
): Response {
  const error = { code: status, message, title: TITLES[status] ?? 'Error' };
  return Response.json({ error }, { status, headers });
}

/** 401 with the place to get a token, as keystonemiddleware and Keystone word it. */
export function authenticationRequired(origin: string): Response {
  return keystoneError(401, 'The request you have made requires authentication.', {
    'www-authenticate': `Keystone uri="${origin}/identity"`,
  });
}

/** Answers under `/identity`: version documents and `POST|GET|DELETE /v3/auth/tokens` with a password. */
export async function answerKeystoneV3(
  identity: Identity,
  request: Request,
  path: string,
): Promise<Response> {
  const { origin } = new URL(request.url);
  if (path === '' || path === '/') {
    return Response.json({ versions: { values: [versionOf(origin)] } }, { status: 300 });
  }
  if (/^\/v3\/?$/.test(path)) {
    return Response.json({ version: versionOf(origin) });
  }
  if (path !== '/v3/auth/tokens') {
    return keystoneError(404, `The requested URL ${path} is not served by this simulated identity service.`);
  }
  switch (request.method) {
    case 'POST':
      return signIn(identity, request, origin);
    case 'GET':
    case 'DELETE':
      return useToken(identity, request, origin);
    default:
      return keystoneError(405, 'The method is not allowed for the requested URL.');
  }
}

async function signIn(identity: Identity, request: Request, origin: string): Promise<Response> {
  const auth = authOf(await request.text());
  if (auth === undefined) {
    return keystoneError(
      400,
      'Expecting to find auth in request body. The server could not comply with the request since it is either malformed or otherwise incorrect. The client is assumed to be in error.',
    );
  }
  const { account } = identity;
  const user = auth.identity?.password?.user;
  const methods = auth.identity?.methods ?? [];
  const known = user?.name === account.username || user?.id === account.userId;
  if (!methods.includes('password') || !known || user?.password !== account.password) {
    return authenticationRequired(origin);
  }
  const project = auth.scope?.project;
  const scoped = project !== undefined;
  if (scoped && project.name !== account.project && project.id !== account.projectId) {
    return authenticationRequired(origin);
  }
  const token = identity.tokens.issue({ scoped });
  return Response.json(
    { token: tokenBody(identity, token, origin) },
    { status: 201, headers: { 'x-subject-token': token.id, vary: 'X-Auth-Token' } },
  );
}

function useToken(identity: Identity, request: Request, origin: string): Response {
  const subject = identity.tokens.get(request.headers.get('x-subject-token'));
  if (identity.tokens.get(request.headers.get('x-auth-token')) === undefined) {
    return authenticationRequired(origin);
  }
  if (subject === undefined) {
    return keystoneError(404, 'Failed to validate token');
  }
  if (request.method === 'DELETE') {
    identity.tokens.revoke(subject.id);
    return new Response(null, { status: 204 });
  }
  return Response.json(
    { token: tokenBody(identity, subject, origin) },
    { headers: { 'x-subject-token': subject.id, vary: 'X-Auth-Token' } },
  );
}

function tokenBody({ account, region }: Identity, token: Token, origin: string) {
  const domain = { id: 'default', name: 'Default' };
  return {
    methods: ['password'],
    user: { domain, id: account.userId, name: account.username, password_expires_at: null },
    audit_ids: [token.auditId],
    expires_at: isoMicroseconds(token.expires),
    issued_at: isoMicroseconds(token.issued),
    ...(token.scoped && {
      project: { domain, id: account.projectId, name: account.project },
      is_domain: false,
      roles: [{ id: 'member', name: 'member' }],
      catalog: v3Catalog(origin, region),
    }),
  };
}

interface Auth {
  readonly identity?: {
    readonly methods?: readonly string[];
    readonly password?: { readonly user?: { name?: string; id?: string; password?: string } };
  };
  readonly scope?: { readonly project?: { name?: string; id?: string } };
}

function authOf(text: string): Auth | undefined {
  try {
    return (JSON.parse(text) as { auth?: Auth } | null)?.auth;
  } catch {
    return undefined;
  }
}

function versionOf(origin: string) {
  return {
    id: 'v3.14',
    status: 'stable',
    updated: '2020-04-07T00:00:00Z',
    links: [{ rel: 'self', href: `${origin}/identity/v3/` }],
    'media-types': [{ base: 'application/json', type: 'application/vnd.openstack.identity-v3+json' }],
  };
}

function isoMicroseconds(time: number): string {
  return new Date(time).toISOString().replace('Z', '000Z');
}
