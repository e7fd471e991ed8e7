import { refuse } from './compute/refusal';

/** Fields that list parameters may select by; anything else is a control of the list itself. */
type Fields = Readonly<Record<string, unknown>>;

export interface Page<View> {
  readonly members: readonly View[];
  /** Where the next page begins, or undefined on the last one. */
  readonly next: string | undefined;
}

/** The part of a list between `marker` and `limit`. `unknownMarker`: the service's text about a marker that is not there. */
export function pageOf<View extends { readonly id: string }>(
  views: readonly View[],
  query: URLSearchParams,
  { longest, unknownMarker }: { longest: number; unknownMarker: (marker: string) => string },
): Page<View> {
  const marker = query.get('marker');
  const start = marker === null ? 0 : views.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) {
    throw refuse.badRequest(unknownMarker(marker));
  }
  const limit = Math.min(limitOf(query.get('limit')) ?? longest, longest);
  const members = views.slice(start, start + limit);
  const isMore = members.length > 0 && start + limit < views.length;
  return { members, next: isMore ? members.at(-1)?.id : undefined };
}

function limitOf(text: string | null): number | undefined {
  if (text !== null && !/^\d+$/.test(text)) {
    throw refuse.badRequest(
      `Invalid input for field/attribute limit. Value: ${text}. '${text}' is not a valid limit.`,
    );
  }
  return text === null ? undefined : Number(text);
}

/** Whether every query parameter that names a field of `view` has its value; several values are alternatives. */
export function fitsQuery(view: Fields, query: URLSearchParams, controls: ReadonlySet<string>): boolean {
  return [...new Set(query.keys())].every((name) => {
    if (controls.has(name) || !Object.hasOwn(view, name)) {
      return true;
    }
    const value = view[name];
    return query
      .getAll(name)
      .some(
        (wanted) => String(value).toLowerCase() === wanted.toLowerCase() || (value === null && wanted === ''),
      );
  });
}
