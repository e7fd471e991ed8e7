import type { Refusal } from '../compute/refusal';
import { challenge } from '../identity/keystone/errors';
import { statusTitle } from '../status-title';

/**
 * Glance's errors are WebOb's: JSON for a client that asks for it first, a small HTML page for one that takes anything,
 * plain text otherwise.
 */
export function glanceError({ status, message }: Refusal, request: Request): Response {
  const title = statusTitle(status);
  const code = `${status} ${title}`;
  const headers = {
    ...(status === 401 && { 'www-authenticate': challenge(new URL(request.url).origin) }),
  };
  const accept = request.headers.get('accept') ?? '';
  const json = accept.indexOf('application/json');
  const html = accept.search(/text\/html|text\/\*|\*\/\*/);
  if (json !== -1 && (html === -1 || json < html)) {
    const body = { message: `${message}<br /><br />\n\n\n`, code, title };
    return Response.json(body, { status, headers });
  }
  if (html !== -1) {
    const escaped = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    const page = `<html>\n <head>\n  <title>${code}</title>\n </head>\n <body>\n  <h1>${code}</h1>\n  ${escaped}<br /><br />\n\n\n\n </body>\n</html>`;
    return new Response(page, {
      status,
      headers: { ...headers, 'content-type': 'text/html; charset=UTF-8' },
    });
  }
  return new Response(`${code}\n\n${message}\n\n   `, {
    status,
    headers: { ...headers, 'content-type': 'text/plain; charset=UTF-8' },
  });
}
