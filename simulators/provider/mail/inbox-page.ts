import { type HttpHandler, http } from 'msw';
import { type HttpExchange, htmlPage, logged, Router, readableTime } from '../http';
import type { Inbox, ReceivedMail } from './inbox';

const LIST = `<% if (it.mails.length === 0) { %><p>No mail yet.</p><% } else { %>
<table><tr><th>Received</th><th>To</th><th>Subject</th></tr>
<% for (const mail of it.mails) { %><tr><td><time><%= mail.time %></time></td><td><%= mail.recipients.join(', ') %></td>
<td><a href="/inbox/<%= mail.number %>"><%= mail.subject %></a></td></tr><% } %></table><% } %>`;

const MAIL = `<p>From <%= it.mail.from %> to <%= it.mail.recipients.join(', ') %>, <time><%= it.mail.time %></time></p>
<hr><article lang="<%= it.mail.language %>"><%~ it.mail.html %></article>
<p><a href="/inbox">All mails</a></p>`;

const withDate = (mail: ReceivedMail) => ({ ...mail, when: new Date(mail.receivedAt).toISOString() });
const withTime = (mail: ReceivedMail) => ({ ...mail, time: readableTime(mail.receivedAt) });

/**
 * The customer's web mail: `/inbox` and `/inbox/<number>` as pages, `/inbox.json` and `/inbox/<number>/json` as
 * data. The HTML of a mail is shown as it came: the only sender here is the provider.
 */
export function inboxPages(inbox: Inbox, log: (exchange: HttpExchange) => void): HttpHandler {
  const find = (number: string | undefined) => inbox.mails.find((mail) => String(mail.number) === number);
  const router = new Router()
    .get('/inbox', () => htmlPage('Inbox', LIST, { mails: inbox.mails.map(withTime).reverse() }))
    .get('/inbox.json', () => Response.json(inbox.mails.map(withDate)))
    .get('/inbox/{number}', ({ parameters }) => {
      const mail = find(parameters['number']);
      return mail ? htmlPage(mail.subject, MAIL, { mail: withTime(mail) }) : notFound();
    })
    .get('/inbox/{number}/json', ({ parameters }) => {
      const mail = find(parameters['number']);
      return mail ? Response.json(withDate(mail)) : notFound();
    });
  const answer = logged('inbox', log, (request) => {
    const url = new URL(request.url);
    const match = router.match(request.method, url.pathname);
    return match.kind === 'found'
      ? match.route({ request, url, parameters: match.parameters, context: undefined })
      : notFound();
  });
  return http.all(/\/inbox(\.json|\/[^?]*)?(\?.*)?$/, ({ request }) => answer(request));
}

function notFound(): Response {
  return htmlPage('No such mail', '<p>There is no mail with this number.</p>', {}, 404);
}
