import { refuse } from '../compute/refusal';
import type { ComputeCall } from './call';
import type { Link } from './links';

/** Nova's `max_limit`: no list is longer. */
const LONGEST_LIST = 1000;

/** The page of a list that `limit` and `marker` ask for, and the link to the next one where this one is full. */
export function pageOf<Item>(
  { context, query, url }: ComputeCall,
  {
    path,
    items,
    idOf,
    unknownMarker = (marker) => `marker [${marker}] not found`,
  }: {
    path: string;
    items: readonly Item[];
    idOf: (item: Item) => string;
    unknownMarker?: (marker: string) => string;
  },
): { readonly items: readonly Item[]; readonly links: readonly Link[] | undefined } {
  const marker = query['marker']?.at(-1);
  const start = marker === undefined ? 0 : items.findIndex((item) => idOf(item) === marker) + 1;
  if (marker !== undefined && start === 0) {
    throw refuse.badRequest(unknownMarker(marker ?? ''));
  }
  const limit = Math.min(Number(query['limit']?.at(-1) ?? LONGEST_LIST), LONGEST_LIST);
  const page = items.slice(start, start + limit);
  const last = page.at(-1);
  if (last === undefined || page.length < limit) {
    return { items: page, links: undefined };
  }
  const next = new URLSearchParams([...url.searchParams].sort(([one], [other]) => (one < other ? -1 : 1)));
  next.set('marker', idOf(last));
  const href = `${context.baseUrl}${context.versionPath}${path}?${next}`;
  return { items: page, links: [{ rel: 'next', href }] };
}

/** The part of a list that `offset` and `limit` ask for; no limit, or 0, is the longest list. */
export function sliceOf<Item>({ query }: ComputeCall, items: readonly Item[]): readonly Item[] {
  const [offset, limit] = ['offset', 'limit'].map((name) => Number(query[name]?.at(-1) ?? 0));
  return items.slice(offset, (offset ?? 0) + Math.min(limit || LONGEST_LIST, LONGEST_LIST));
}
