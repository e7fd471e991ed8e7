import { type Credentials, TOKEN_LIFETIME } from './credentials';

/** Where a service account gets its token (go-ovh): `POST` to this path of the provider's web site. */
export const TOKEN_PATH = '/auth/oauth2/token';

/** Answers a token request by the client credentials grant (RFC 6749, sections 4.4 and 5). */
export async function answerTokenRequest(request: Request, credentials: Credentials): Promise<Response> {
  const form = new URLSearchParams(await request.text());
  const [clientId, clientSecret] = basicLogin(request) ?? [form.get('client_id'), form.get('client_secret')];
  if (form.get('grant_type') !== 'client_credentials') {
    return answer(400, { error: 'unsupported_grant_type' });
  }
  const token = credentials.logIn(clientId ?? '', clientSecret ?? '');
  if (token === undefined) {
    return answer(401, { error: 'invalid_client', error_description: 'The client credentials are invalid' });
  }
  return answer(200, {
    access_token: token,
    token_type: 'Bearer',
    expires_in: TOKEN_LIFETIME,
    scope: form.get('scope') ?? 'all',
  });
}

/** Id and secret by HTTP Basic: both form-urlencoded before (RFC 6749, section 2.3.1). */
function basicLogin(request: Request): readonly [string, string] | undefined {
  const encoded = /^Basic +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const [id, secret] = encoded === undefined ? [] : Buffer.from(encoded, 'base64').toString().split(':');
  return id === undefined || secret === undefined ? undefined : [formDecoded(id), formDecoded(secret)];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text.replaceAll('&', '%26')}`).get('v') ?? '';
}

function answer(status: number, data: object): Response {
  return new Response(JSON.stringify(data), {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      ...(status === 401 && { 'www-authenticate': 'Basic realm="oauth2"' }),
    },
  });
}
