import { object, type Schema } from './schema';

/** Parts that many schemas share; nova/api/validation/parameter_types.py. */

export const TEXT: Schema = { type: 'string' };
export const UUID: Schema = { type: 'string', format: 'uuid' };
export const NAME: Schema = { type: 'string', minLength: 1, maxLength: 255, format: 'name' };
/** As it is checked under `/v2`. */
export const SPACED_NAME: Schema = { ...NAME, format: 'spaced name' };
export const NAME_OR_NONE: Schema = {
  oneOf: [{ type: 'string', minLength: 1, maxLength: 255 }, { type: 'null' }],
};
export const DESCRIPTION: Schema = {
  type: ['string', 'null'],
  minLength: 0,
  maxLength: 255,
  // Nova's own lists every printable character.
  pattern: '^[^\\x00-\\x1f\\x7f-\\x9f]*$',
};
const FALSE = [false, 'False', 'FALSE', 'false', '0', 'OFF', 'Off', 'off', 'NO', 'No', 'no'];
const TRUE = [true, 'True', 'TRUE', 'true', '1', 'ON', 'On', 'on', 'YES', 'Yes', 'yes'];
export const BOOLEAN: Schema = { type: ['boolean', 'string'], enum: [...TRUE, ...FALSE] };
export const isTrue = (value: unknown): boolean => TRUE.includes(value as string);

const whole = (minimum: number): Schema => ({
  type: ['integer', 'string'],
  pattern: '^[0-9]*$',
  minimum,
  minLength: 1,
});
export const POSITIVE = whole(1);
export const NOT_NEGATIVE = whole(0);
export const VOLUME_SIZE: Schema = {
  type: ['integer', 'string'],
  pattern: '^[0-9]+$',
  minimum: 1,
  maximum: 0x7fffffff,
};
export const HOST_NAME: Schema = {
  type: 'string',
  minLength: 2,
  maxLength: 63,
  pattern: '^[a-zA-Z0-9]+[a-zA-Z0-9-]*[a-zA-Z0-9]+$',
};
export const FULL_HOST_NAME: Schema = {
  type: 'string',
  minLength: 1,
  maxLength: 255,
  pattern: '^[a-zA-Z0-9-._]*$',
};
const METADATA_KEY = '^[a-zA-Z0-9-_:. ]{1,255}$';
export const METADATA: Schema = {
  type: 'object',
  patternProperties: { [METADATA_KEY]: { type: 'string', maxLength: 255 } },
  additionalProperties: false,
};
export const IP_ADDRESS: Schema = { type: 'string', oneOf: [{ format: 'ipv4' }, { format: 'ipv6' }] };
export const IPV4: Schema = { type: 'string', format: 'ipv4' };
export const IPV6: Schema = { type: 'string', format: 'ipv6' };
export const DISK_CONFIG: Schema = { type: 'string', enum: ['AUTO', 'MANUAL'] };
export const PERSONALITY: Schema = {
  type: 'array',
  items: object({ path: TEXT, contents: { type: 'string', format: 'base64' } }),
};
export const TAG: Schema = { type: 'string', minLength: 1, maxLength: 60, pattern: '^[^,/]*$' };
export const USER_DATA: Schema = { type: 'string', format: 'base64', maxLength: 65_535 };
export const USER_DATA_OR_NONE: Schema = { oneOf: [USER_DATA, { type: 'null' }] };
export const CERTIFICATES: Schema = {
  type: ['array', 'null'],
  minItems: 1,
  maxItems: 50,
  uniqueItems: true,
  items: { type: 'string', minLength: 1 },
};
