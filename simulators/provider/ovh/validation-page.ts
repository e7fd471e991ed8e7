import type { DedicatedProvider } from '../dedicated';
import { htmlPage } from '../http';
import type { OvhContext } from './call';
import type { Credential, Credentials } from './credentials';

const FORM = `<p>An application asks for leave to make these calls in your name:</p>
<ul><% for (const rule of it.rules) { %><li><%= rule.method %> <%= rule.path %></li><% } %></ul>
<% if (it.problem) { %><p id="problem"><%= it.problem %></p><% } %>
<form method="post"><p><label>Account <input name="account" autocomplete="username"></label></p>
<p><label>Password <input name="password" type="password" autocomplete="current-password"></label></p>
<button>Authorize</button> <button name="refuse" value="yes">Refuse</button></form>`;

/** The page where a customer validates a consumer key: `/auth/?credentialToken=<token>`. Its look is our choice. */
export async function answerValidationPage(request: Request, context: OvhContext): Promise<Response> {
  const credential = calledCredential(new URL(request.url), context.credentials);
  if (credential === undefined) {
    return unknown();
  }
  if (request.method !== 'POST') {
    return form(credential);
  }
  const fields = new URLSearchParams(await request.text());
  if (fields.get('refuse') !== null) {
    context.credentials.refuse(credential);
    return htmlPage('Refused', '<p>The application may not act in your name.</p>');
  }
  const account = findAccount(context.provider, fields.get('account'), fields.get('password'));
  if (account === undefined) {
    return form(credential, 'Unknown account or wrong password.', 403);
  }
  context.credentials.validate(credential, account.nichandle);
  return credential.redirection === undefined
    ? htmlPage('Authorized', '<p>You can close this page.</p>')
    : new Response(null, { status: 302, headers: { location: credential.redirection } });
}

function calledCredential(url: URL, credentials: Credentials): Credential | undefined {
  const credential = credentials.byToken(url.searchParams.get('credentialToken') ?? '');
  return credential?.status === 'pendingValidation' ? credential : undefined;
}

function findAccount(provider: DedicatedProvider, name: string | null, password: string | null) {
  return provider.accounts.find(
    (account) =>
      (account.nichandle === name || account.email === name) && account.password.reveal() === password,
  );
}

function form({ rules }: Credential, problem = '', status = 200): Response {
  return htmlPage('Authorize an application', FORM, { rules, problem }, status);
}

function unknown(): Response {
  return htmlPage('Unknown request', '<p>Nothing waits for your leave at this address.</p>', {}, 404);
}
