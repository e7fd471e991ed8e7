import { type HttpHandler, http } from 'msw';
import { type HttpExchange, htmlPage, logged, readableTime } from '../http';
import type { SecretReading, SecretStore } from './secret-store';

const SHOWN = `<p>Your secret:</p><p><code id="secret"><%= it.secret %></code></p>
<% if (it.once) { %><p>It is shown this once: note it down before you leave this page.</p><% } else { %>
<p>It can be read until <time><%= it.expiration %></time>.</p><% } %>`;

/** Title, text and HTTP status per outcome; the wording is our choice. */
const REFUSED: Record<Exclude<SecretReading['outcome'], 'shown'>, readonly [string, string, number]> = {
  unknown: [
    'Unknown secret',
    'There is no secret with this identifier. Check that the link is complete.',
    404,
  ],
  expired: ['Expired secret', 'This secret has expired and can no longer be read.', 410],
  used: ['Secret already read', 'This secret could be read once, and it has been read.', 410],
};

/** The page behind the link in the provider's mails: `GET <origin>/secret?id=<id>`. */
export function secretPage(store: SecretStore, log: (exchange: HttpExchange) => void): HttpHandler {
  const answer = logged('secrets', log, (request) => {
    const reading = store.read(new URL(request.url).searchParams.get('id') ?? '');
    if (reading.outcome !== 'shown') {
      const [title, text, status] = REFUSED[reading.outcome];
      return htmlPage(title, '<p id="refusal"><%= it.text %></p>', { text }, status);
    }
    return htmlPage('Retrieve your secret', SHOWN, {
      secret: reading.secret.reveal(),
      expiration: readableTime(reading.expiration),
      once: reading.once,
    });
  });
  return http.get('*/secret', ({ request }) => answer(request));
}
