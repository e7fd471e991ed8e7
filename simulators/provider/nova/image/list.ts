import type { ServiceCall } from '../add-service';
import { refuse } from '../compute/refusal';
import type { ImageStores, NovaImage } from './image';
import { imageView } from './view';

/** `limit_param_default` and `api_limit_max` of Glance. */
const USUAL_LIMIT = 25;
const LONGEST_LIST = 1000;

const VISIBILITIES = ['public', 'private', 'shared', 'community', 'all'];
const SORT_KEYS = [
  'name',
  'status',
  'container_format',
  'disk_format',
  'size',
  'id',
  'created_at',
  'updated_at',
] as const;
/** Query parameters that are no filters of an image's own fields. */
const NO_FILTERS = new Set([
  ...['limit', 'marker', 'sort', 'sort_key', 'sort_dir', 'visibility', 'member_status', 'os_hidden'],
  ...['tag', 'size_min', 'size_max', 'protected'],
]);

type View = ReturnType<typeof imageView>;

/** `GET /v2/images`: what the project can see, filtered, sorted and by pages. */
export function listImages({ url, caller, stores }: ServiceCall<ImageStores>): Response {
  const query = url.searchParams;
  const all = stores.images.list().filter((image) => isListed(image, caller.projectId, query));
  const matching = all.map(imageView).filter((view) => matches(view, query));
  const sorted = sortedBy(matching, sortOf(query));
  const marker = query.get('marker');
  const start = marker === null ? 0 : sorted.findIndex(({ id }) => id === marker) + 1;
  if (marker !== null && start === 0) {
    throw refuse.badRequest(`No image found with ID ${marker}`);
  }
  const limit = limitOf(query.get('limit'));
  const page = sorted.slice(start, start + limit);
  const last = page.at(-1);
  const first = new URLSearchParams(query);
  first.delete('marker');
  const next = new URLSearchParams(query);
  next.set('marker', last?.id ?? '');
  const isMore = last !== undefined && start + limit < sorted.length;
  return Response.json({
    images: page,
    first: `/v2/images${first.size > 0 ? `?${first}` : ''}`,
    ...(isMore && { next: `/v2/images?${next}` }),
    schema: '/v2/schemas/images',
  });
}

function limitOf(text: string | null): number {
  if (text === null) {
    return USUAL_LIMIT;
  }
  if (!/^-?\d+$/.test(text)) {
    throw refuse.badRequest('limit param must be an integer');
  }
  if (text.startsWith('-')) {
    throw refuse.badRequest('limit param must be positive');
  }
  return Math.min(Number(text), LONGEST_LIST);
}

/** Public images, the project's own, and shared ones that it accepted; others only where they are asked for. */
function isListed(image: NovaImage, projectId: string, query: URLSearchParams): boolean {
  const wanted = query.get('visibility');
  if (wanted !== null && !VISIBILITIES.includes(wanted)) {
    throw refuse.badRequest(`Invalid visibility value: ${wanted}`);
  }
  const memberStatus = query.get('member_status') ?? 'accepted';
  if (!['accepted', 'pending', 'rejected', 'all'].includes(memberStatus)) {
    throw refuse.badRequest(`Invalid status: ${memberStatus}`);
  }
  const hidden = query.get('os_hidden')?.toLowerCase() ?? 'false';
  if (hidden !== 'true' && hidden !== 'false') {
    throw refuse.badRequest(`'${hidden}' is not a valid boolean value for os_hidden`);
  }
  const { visibility = 'public', ownerId, members = [] } = image;
  const isOwn = ownerId === projectId;
  const isShared =
    visibility === 'shared' &&
    members.some(
      (member) =>
        member.projectId === projectId && (memberStatus === 'all' || member.status === memberStatus),
    );
  const asked =
    wanted === null ? visibility !== 'community' || isOwn : wanted === 'all' || wanted === visibility;
  return (
    asked &&
    (image.hidden ?? false) === (hidden === 'true') &&
    (visibility === 'public' || visibility === 'community' || isOwn || isShared)
  );
}

/** Filters by fields and properties; `in:a,b` is one of several. */
function matches(view: View, query: URLSearchParams): boolean {
  const field = (name: string) => (Object.hasOwn(view, name) ? view[name as keyof View] : undefined);
  for (const [name, wanted] of query) {
    if (!NO_FILTERS.has(name) && !fits(field(name), wanted)) {
      return false;
    }
  }
  const isProtected = query.get('protected');
  if (isProtected !== null && String(view.protected) !== isProtected.toLowerCase()) {
    return false;
  }
  const size = view.size ?? 0;
  return (
    query.getAll('tag').every((tag) => view.tags.includes(tag)) &&
    size >= boundOf(query, 'size_min', 0) &&
    size <= boundOf(query, 'size_max', Number.POSITIVE_INFINITY)
  );
}

function fits(value: unknown, wanted: string): boolean {
  const values = wanted.startsWith('in:') ? wanted.slice(3).split(',') : [wanted];
  return value !== undefined && values.some((one) => String(value) === one.replace(/^"(.*)"$/, '$1'));
}

function boundOf(query: URLSearchParams, name: string, usual: number): number {
  const text = query.get(name);
  if (text === null) {
    return usual;
  }
  if (!/^\d+$/.test(text)) {
    throw refuse.badRequest('Invalid filter value ');
  }
  return Number(text);
}

interface Order {
  readonly key: (typeof SORT_KEYS)[number];
  readonly direction: 1 | -1;
}

/** `sort=name:asc,size:desc`, or pairs of `sort_key` and `sort_dir`; newest first by default. */
function sortOf(query: URLSearchParams): Order[] {
  const sort = query.get('sort');
  const pairs =
    sort === null
      ? query.getAll('sort_key').map((key, index) => [key, query.getAll('sort_dir')[index]])
      : sort.split(',').map((part) => part.split(':'));
  const given = pairs.length > 0 ? pairs : [['created_at', query.get('sort_dir') ?? undefined]];
  return given.map(([key = '', direction = 'desc']) => {
    const known = SORT_KEYS.find((one) => one === key.trim());
    if (known === undefined) {
      throw refuse.badRequest(
        `Invalid sort key: ${key}. It must be one of the following: ${SORT_KEYS.join(', ')}.`,
      );
    }
    if (direction !== 'asc' && direction !== 'desc') {
      throw refuse.badRequest(`Invalid sort direction: ${direction}`);
    }
    return { key: known, direction: direction === 'asc' ? 1 : -1 };
  });
}

function sortedBy(views: readonly View[], orders: readonly Order[]): View[] {
  return [...views].sort((one, other) => {
    for (const { key, direction } of orders) {
      const [mine, theirs] = [one[key] ?? '', other[key] ?? ''];
      if (mine !== theirs) {
        return mine < theirs ? -direction : direction;
      }
    }
    return one.id < other.id ? 1 : -1;
  });
}
