const extension = (alias: string, name: string, description: string) => ({
  alias,
  name,
  description,
  links: [],
  updated: '2016-01-01T00:00:00-00:00',
});

/** The extensions of the networking API whose fields and lists are there. */
export const EXTENSIONS = [
  extension('security-group', 'security-group', 'The security groups extension.'),
  extension(
    'external-net',
    'Neutron external network',
    'Adds external network attribute to network resource.',
  ),
  extension('net-mtu', 'Network MTU', 'Provides MTU attribute for a network resource.'),
  extension('port-security', 'Port Security', 'Provides port security'),
  extension(
    'router',
    'Neutron L3 Router',
    'Router abstraction for basic L3 forwarding between L2 Neutron networks.',
  ),
  extension('standard-attr-timestamp', 'Resource timestamps', 'Adds created_at and updated_at fields.'),
  extension(
    'standard-attr-revisions',
    'Resource revision numbers',
    'Shows the revision number of a resource.',
  ),
  extension('standard-attr-description', 'standard-attr-description', 'Adds descriptions to resources.'),
  extension('standard-attr-tag', 'Tag support', 'Enables to set tags on resources.'),
  extension('pagination', 'Pagination support', 'Pagination of lists.'),
];
