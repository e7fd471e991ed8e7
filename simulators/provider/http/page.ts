import { Eta } from 'eta';

const eta = new Eta({ autoEscape: true });

/** Renders an Eta template; values are HTML-escaped. */
export function renderHtml(template: string, data: object): string {
  return eta.renderString(template, data);
}

const FRAME = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title><%= it.title %></title>
<meta name="referrer" content="no-referrer">
<style>body{font-family:sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ccc}
time{white-space:nowrap}
code{font-size:1.2rem;background:#eee;padding:.2rem .4rem}</style></head>
<body><h1><%= it.title %></h1>
<%~ it.body %>
</body></html>
`;

/** A moment (epoch milliseconds) for people: `2026-03-08 12:00:00 UTC`. */
export function readableTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** A whole HTML page that nobody keeps: `template` (Eta) fills the body. */
export function htmlPage(title: string, template: string, data: object = {}, status = 200): Response {
  return new Response(renderHtml(FRAME, { title, body: renderHtml(template, data) }), {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  });
}
