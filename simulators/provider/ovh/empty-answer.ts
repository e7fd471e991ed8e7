/**
 * How the API answers where the schema has no return type: with nothing, as the schema says, or with the JSON `null`.
 * python-ovh reads every 200 as JSON and fails at an empty one, so the API cannot always answer it that way; `by client`
 * gives nothing, and `null` to programs that use Python's requests. Which of them holds is not published.
 */
export type EmptyAnswer = 'nothing' | 'null' | 'by client';

export function emptyAnswer(mode: EmptyAnswer, request: Request): Response {
  const isPython = /python-requests|python-ovh/i.test(request.headers.get('user-agent') ?? '');
  const body = mode === 'null' || (mode === 'by client' && isPython) ? 'null' : null;
  return new Response(body, {
    status: 200,
    headers:
      body === null ? { 'content-length': '0' } : { 'content-type': 'application/json; charset=utf-8' },
  });
}
