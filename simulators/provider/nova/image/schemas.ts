/** JSON schemas of Glance's documents: clients learn from them which fields an image has besides its properties. */

type Property = Readonly<Record<string, unknown>>;

const text: Property = { type: 'string' };
const nullableText: Property = { type: ['null', 'string'], maxLength: 255 };
const wholeNumber: Property = { type: 'integer' };
const readOnlyText: Property = { type: 'string', readOnly: true };

const UUID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$';

const image: Readonly<Record<string, Property>> = {
  id: { type: 'string', pattern: UUID, description: 'An identifier for the image' },
  name: nullableText,
  status: {
    type: 'string',
    readOnly: true,
    enum: [
      'queued',
      'saving',
      'active',
      'killed',
      'deleted',
      'uploading',
      'importing',
      'pending_delete',
      'deactivated',
    ],
  },
  visibility: { type: 'string', enum: ['community', 'public', 'private', 'shared'] },
  protected: { type: 'boolean' },
  os_hidden: { type: 'boolean' },
  owner: nullableText,
  disk_format: {
    type: ['null', 'string'],
    enum: [null, 'ami', 'ari', 'aki', 'vhd', 'vhdx', 'vmdk', 'raw', 'qcow2', 'vdi', 'iso', 'ploop'],
  },
  container_format: {
    type: ['null', 'string'],
    enum: [null, 'ami', 'ari', 'aki', 'bare', 'ovf', 'ova', 'docker', 'compressed'],
  },
  checksum: { type: ['null', 'string'], readOnly: true, maxLength: 32 },
  os_hash_algo: { type: ['null', 'string'], readOnly: true, maxLength: 64 },
  os_hash_value: { type: ['null', 'string'], readOnly: true, maxLength: 128 },
  size: { type: ['null', 'integer'], readOnly: true },
  virtual_size: { type: ['null', 'integer'], readOnly: true },
  min_disk: wholeNumber,
  min_ram: wholeNumber,
  tags: { type: 'array', items: { type: 'string', maxLength: 255 } },
  created_at: readOnlyText,
  updated_at: readOnlyText,
  self: readOnlyText,
  file: readOnlyText,
  schema: readOnlyText,
};

const member: Readonly<Record<string, Property>> = {
  image_id: { type: 'string', pattern: UUID },
  member_id: text,
  status: { type: 'string', enum: ['pending', 'accepted', 'rejected'] },
  created_at: text,
  updated_at: text,
  schema: readOnlyText,
};

const selfLink = [{ rel: 'self', href: '{self}' }];

const imageSchema = {
  name: 'image',
  properties: image,
  additionalProperties: { type: 'string' },
  links: [...selfLink, { rel: 'enclosure', href: '{file}' }, { rel: 'describedby', href: '{schema}' }],
};

const memberSchema = { name: 'member', properties: member };

const listOf = (name: string, items: object) => ({
  name,
  properties: { [name]: { type: 'array', items }, first: text, next: text, schema: text },
  links: [
    { rel: 'first', href: '{first}' },
    { rel: 'next', href: '{next}' },
    { rel: 'describedby', href: '{schema}' },
  ],
});

/** What `GET /v2/schemas/{name}` answers. */
export const SCHEMAS: Readonly<Record<string, object>> = {
  image: imageSchema,
  images: listOf('images', imageSchema),
  member: memberSchema,
  members: { name: 'members', properties: { members: { type: 'array', items: memberSchema }, schema: text } },
};
