/** `GET /image`: always 300, of a choice. */
export function versionsDocument(origin: string): Response {
  const links = [{ rel: 'self', href: `${origin}/image/v2/` }];
  const supported = ['v2.9', 'v2.7', 'v2.6', 'v2.5', 'v2.4', 'v2.3', 'v2.2', 'v2.1', 'v2.0'];
  const versions = [
    { id: 'v2.15', status: 'CURRENT', links },
    ...supported.map((id) => ({ id, status: 'SUPPORTED', links })),
  ];
  return Response.json({ versions }, { status: 300 });
}
