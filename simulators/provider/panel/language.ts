import { LANGUAGES, type Language } from './texts';

const isLanguage = (text: string | undefined): text is Language => text !== undefined && text in LANGUAGES;

/** The language that the address asks for with `?lang=`. */
export function askedLanguage(url: URL): Language | undefined {
  const asked = url.searchParams.get('lang') ?? undefined;
  return isLanguage(asked) ? asked : undefined;
}

/** `?lang=`, else what was asked before (a cookie), else what the browser prefers, else English. */
export function languageOf(request: Request): Language {
  const cookie = /(?:^|;\s*)lang=(\w+)/.exec(request.headers.get('cookie') ?? '')?.[1];
  return (
    askedLanguage(new URL(request.url)) ??
    (isLanguage(cookie) ? cookie : undefined) ??
    preferredLanguage(request.headers.get('accept-language') ?? '') ??
    'en'
  );
}

/** The best of the languages in an Accept-Language header (RFC 9110, section 12.5.4) that the panel speaks. */
function preferredLanguage(header: string): Language | undefined {
  return header
    .split(',')
    .map((entry) => {
      const [range = '', ...parameters] = entry.trim().split(';');
      const quality = parameters.map((one) => /^\s*q=([\d.]+)/.exec(one)?.[1]).find(Boolean);
      return { language: range.slice(0, 2).toLowerCase(), quality: Number(quality ?? 1) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ language }) => language)
    .find(isLanguage);
}
