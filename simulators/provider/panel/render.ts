import { join } from 'node:path';
import { Eta } from 'eta';
import type { PanelCall } from './panel-call';
import { fill, LANGUAGES } from './texts';

const eta = new Eta({ views: join(__dirname, 'views'), cache: true });

const LANGUAGE_NAMES = { en: 'English', fr: 'Français', de: 'Deutsch' } as const;

/** Renders a view of `views/` into the panel's frame. `data` gets to the view as it is; values are escaped. */
export function page({ context, url }: PanelCall, view: string, data: object, status = 200): Response {
  const { t, language, mailboxUrl } = context;
  const dates = new Intl.DateTimeFormat(language, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    timeZone: 'UTC',
  });
  const html = eta.render(view, {
    ...data,
    t,
    fill,
    language,
    mailboxUrl,
    pathname: url.pathname,
    hasMails: context.dedicated !== undefined,
    languages: Object.keys(LANGUAGES).map((code) => ({
      code,
      name: LANGUAGE_NAMES[code as keyof typeof LANGUAGE_NAMES],
      href: withLanguage(url, code),
    })),
    when: (iso: string) => `${dates.format(new Date(iso))} UTC`,
  });
  return new Response(html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': language,
      'cache-control': 'no-store',
      // Not `no-referrer`: forms would then say `Origin: null`, and whose they are is looked at.
      'referrer-policy': 'same-origin',
      vary: 'accept-language, cookie',
    },
  });
}

function withLanguage(url: URL, code: string): string {
  const other = new URLSearchParams(url.searchParams);
  other.set('lang', code);
  return `?${other}`;
}
