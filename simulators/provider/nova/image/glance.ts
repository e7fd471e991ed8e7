import type { ImageStore, NovaImage } from './image';

/** Answers under `/image`: the version list (always 300) and Glance v2's images. */
export function answerGlance(
  images: ImageStore,
  request: Request,
  path: string,
  { authenticated, projectId }: { authenticated: boolean; projectId: string },
): Response {
  const url = new URL(request.url);
  if (/^(\/versions)?\/?$/.test(path)) {
    return Response.json({ versions: versionsOf(url.origin) }, { status: 300 });
  }
  if (!authenticated) {
    return htmlError(
      401,
      'Unauthorized',
      'This server could not verify that you are authorized to access the document you requested.',
    );
  }
  const id = /^\/v2\/images(?:\/([^/]+))?\/?$/.exec(path);
  if (id === null) {
    return htmlError(404, 'Not Found', 'The resource could not be found.');
  }
  if (request.method !== 'GET') {
    return htmlError(405, 'Method Not Allowed', 'The simulated image service only reads.');
  }
  if (id[1] === undefined) {
    return list(images, url, projectId);
  }
  const image = images.get(decodeURIComponent(id[1]));
  return image === undefined
    ? htmlError(404, 'Not Found', `No image found with ID ${id[1]}`)
    : Response.json(view(image, projectId));
}

function list(images: ImageStore, url: URL, projectId: string): Response {
  const name = url.searchParams.get('name');
  const hidden = url.searchParams.get('os_hidden')?.toLowerCase() === 'true';
  const matching = images.list().filter((image) => !hidden && (name === null || image.name === name));
  return Response.json({
    images: matching.map((image) => view(image, projectId)),
    first: `/v2/images${url.search}`,
    schema: '/v2/schemas/images',
  });
}

function view(image: NovaImage, projectId: string) {
  const time = new Date(image.created).toISOString().replace(/\.\d{3}Z$/, 'Z');
  return {
    ...image.properties,
    id: image.id,
    name: image.name,
    status: 'active',
    visibility: 'public',
    protected: false,
    os_hidden: false,
    owner: projectId,
    disk_format: 'qcow2',
    container_format: 'bare',
    checksum: null,
    size: image.size,
    virtual_size: null,
    min_disk: image.minDisk,
    min_ram: image.minRam,
    tags: [],
    created_at: time,
    updated_at: time,
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
  };
}

function versionsOf(origin: string) {
  return [
    { id: 'v2.15', status: 'CURRENT', links: [{ rel: 'self', href: `${origin}/image/v2/` }] },
    { id: 'v2.9', status: 'SUPPORTED', links: [{ rel: 'self', href: `${origin}/image/v2/` }] },
  ];
}

/** Glance's errors are small HTML pages. */
function htmlError(status: number, title: string, text: string): Response {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const heading = `${status} ${title}`;
  const page = `<html>\n <head>\n  <title>${heading}</title>\n </head>\n <body>\n  <h1>${heading}</h1>\n  ${escaped}<br /><br />\n\n\n\n </body>\n</html>`;
  return new Response(page, { status, headers: { 'content-type': 'text/html; charset=UTF-8' } });
}
