import type { Microversion } from '../microversion';
import { BOOLEAN, DISK_CONFIG, METADATA, NAME, TAG, TEXT, UUID } from '../schema/parts';
import { object, type Schema, wrapped } from '../schema/schema';

/** Bodies of actions and of what hangs below a server; nova/api/openstack/compute/schemas. */

const always = (schema: Schema) => () => schema;
const chosen = (...values: readonly string[]): Schema => ({ type: 'string', enum: values });

export const rescueBody = always(
  wrapped('rescue', {
    type: ['object', 'null'],
    properties: { adminPass: TEXT, rescue_image_ref: UUID },
    additionalProperties: false,
  }),
);

export const rebootBody = always(
  wrapped('reboot', object({ type: chosen('HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft') }, ['type'])),
);

export const changePasswordBody = always(
  wrapped('changePassword', object({ adminPass: TEXT }, ['adminPass'])),
);

export const createImageBody = always(
  wrapped('createImage', object({ name: NAME, metadata: METADATA }, ['name'])),
);

/** Before 2.73 a lock takes anything. */
export const lockBody = (version: Microversion): Schema | undefined =>
  version < 73
    ? undefined
    : wrapped('lock', {
        type: ['object', 'null'],
        properties: { locked_reason: { type: 'string', minLength: 1, maxLength: 255 } },
        additionalProperties: false,
      });

const consoleBody = (action: string, ...types: readonly string[]) =>
  always(wrapped(action, object({ type: chosen(...types) }, ['type'])));
export const vncConsoleBody = consoleBody('os-getVNCConsole', 'novnc', 'xvpvnc');
export const spiceConsoleBody = consoleBody('os-getSPICEConsole', 'spice-html5');
export const rdpConsoleBody = consoleBody('os-getRDPConsole', 'rdp-html5');
export const serialConsoleBody = consoleBody('os-getSerialConsole', 'serial');

export const remoteConsoleBody = (version: Microversion): Schema =>
  wrapped(
    'remote_console',
    object(
      {
        protocol: chosen('vnc', 'spice', 'rdp', 'serial', ...(version >= 8 ? ['mks'] : [])),
        type: chosen(
          ...['novnc', 'xvpvnc', 'rdp-html5', 'spice-html5', 'serial'],
          ...(version >= 8 ? ['webmks'] : []),
        ),
      },
      ['protocol', 'type'],
    ),
  );

export const consoleOutputBody = always(
  wrapped(
    'os-getConsoleOutput',
    object({ length: { type: ['integer', 'string', 'null'], pattern: '^-?[0-9]+$', minimum: -1 } }),
  ),
);

export const resetStateBody = always(
  wrapped('os-resetState', object({ state: chosen('active', 'error') }, ['state'])),
);

export const resizeBody = always(
  wrapped(
    'resize',
    object({ flavorRef: { type: ['string', 'integer'], minLength: 1 }, 'OS-DCF:diskConfig': DISK_CONFIG }, [
      'flavorRef',
    ]),
  ),
);

export const crashDumpBody = always(wrapped('trigger_crash_dump', { type: 'null' }));

export const metadataBody = always(wrapped('metadata', METADATA));
export const metadataItemBody = always(wrapped('meta', { ...METADATA, minProperties: 1, maxProperties: 1 }));

const DEVICE: Schema = {
  type: ['string', 'null'],
  pattern: '(^/dev/x{0,1}[a-z]{0,1}d{0,1})([a-z]+)[0-9]*$',
};
export const attachBody = (version: Microversion): Schema =>
  wrapped(
    'volumeAttachment',
    object(
      {
        volumeId: UUID,
        device: DEVICE,
        ...(version >= 49 && { tag: TAG }),
        ...(version >= 79 && { delete_on_termination: BOOLEAN }),
      },
      ['volumeId'],
    ),
  );
