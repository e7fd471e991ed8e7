import { faultBody } from '../api/fault';
import type { Services } from '../services';
import { rackspaceCatalog } from './catalog';
import type { Identity } from './identity';

interface Credentials {
  readonly auth?: {
    readonly 'RAX-KSKEY:apiKeyCredentials'?: { username?: string; apiKey?: string };
    readonly passwordCredentials?: { username?: string; password?: string };
  };
}

/** Answers `POST .../v2.0/tokens` as Rackspace's identity service does: an API key or a password. */
export async function answerRackspaceV2(
  identity: Identity,
  request: Request,
  path: string,
  services: Services,
): Promise<Response> {
  if (path.replace(/\/$/, '') !== '/v2.0/tokens') {
    return fault(404, 'Resource Not Found');
  }
  if (request.method !== 'POST') {
    return fault(405, 'Method Not Allowed');
  }
  let credentials: Credentials | null;
  try {
    credentials = (await request.json()) as Credentials | null;
  } catch {
    return fault(400, 'Invalid json request body');
  }
  const method = proven(identity, credentials);
  if (method === undefined) {
    // The text is our choice; no live answer was seen.
    return fault(401, 'Unable to authenticate user with credentials provided.');
  }
  const { account, region, tokens } = identity;
  const token = tokens.issue({ scoped: true });
  return Response.json({
    access: {
      token: {
        id: token.id,
        expires: new Date(token.expires).toISOString(),
        tenant: { id: account.projectId, name: account.projectId },
        'RAX-AUTH:authenticatedBy': [method],
      },
      user: {
        id: account.userId,
        name: account.username,
        'RAX-AUTH:defaultRegion': region,
        roles: [{ id: '3', name: 'identity:user-admin', description: 'User Admin Role.' }],
      },
      serviceCatalog: rackspaceCatalog(services, region, account),
    },
  });
}

function proven({ account }: Identity, credentials: Credentials | null): 'APIKEY' | 'PASSWORD' | undefined {
  const key = credentials?.auth?.['RAX-KSKEY:apiKeyCredentials'];
  const password = credentials?.auth?.passwordCredentials;
  if (key?.username === account.username && key.apiKey === account.apiKey) {
    return 'APIKEY';
  }
  const proved = password?.username === account.username && password.password === account.password;
  return proved ? 'PASSWORD' : undefined;
}

function fault(status: number, message: string): Response {
  return Response.json(faultBody(status, message), { status });
}
