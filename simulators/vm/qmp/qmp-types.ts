/** The commands of QEMU's machine protocol that the lab uses (QEMU 7.2, `docs/interop/qemu-qmp-ref`). */
export interface QmpCommands {
  qmp_capabilities: { arguments: undefined; returns: object };
  'query-version': {
    arguments: undefined;
    returns: { qemu: { major: number; minor: number; micro: number }; package: string };
  };
  /** `frontend-open`: the guest has opened its end. */
  'query-chardev': {
    arguments: undefined;
    returns: readonly { readonly label: string; readonly 'frontend-open': boolean }[];
  };
  'query-status': { arguments: undefined; returns: { running: boolean; status: string } };
  /** The disks; `qdev` is the path of the device that one is plugged into. */
  'query-block': { arguments: undefined; returns: readonly { readonly qdev?: string }[] };
  stop: { arguments: undefined; returns: object };
  cont: { arguments: undefined; returns: object };
  quit: { arguments: undefined; returns: object };
  /** What a write to the port of the pvpanic device does. */
  'set-action': { arguments: { panic: 'none' | 'pause' }; returns: object };
  system_reset: { arguments: undefined; returns: object };
  system_powerdown: { arguments: undefined; returns: object };
  screendump: { arguments: { filename: string; format?: 'png' | 'ppm' }; returns: object };
  'send-key': {
    arguments: { keys: readonly { type: 'qcode'; data: string }[]; 'hold-time'?: number };
    returns: object;
  };
  'migrate-set-capabilities': {
    arguments: { capabilities: readonly { capability: MigrationCapability; state: boolean }[] };
    returns: object;
  };
  'query-migrate-capabilities': {
    arguments: undefined;
    returns: { capability: string; state: boolean }[];
  };
  'query-migrate': { arguments: undefined; returns: { status?: string; 'error-desc'?: string } };
  migrate: { arguments: { uri: string }; returns: object };
  'migrate-incoming': { arguments: { uri: string }; returns: object };
  'blockdev-add': {
    arguments: { driver: string; 'node-name': string; 'read-only'?: boolean } & Readonly<
      Record<string, unknown>
    >;
    returns: object;
  };
  'blockdev-del': { arguments: { 'node-name': string }; returns: object };
  device_add: {
    arguments: { driver: string; id: string; bus: string } & Readonly<Record<string, unknown>>;
    returns: object;
  };
  /** The device is gone when the event DEVICE_DELETED says so. */
  device_del: { arguments: { id: string }; returns: object };
  'block-export-add': {
    arguments: { type: 'fuse'; id: string; 'node-name': string; mountpoint: string; writable: boolean };
    returns: object;
  };
  'block-export-del': { arguments: { id: string; mode?: 'safe' | 'hard' }; returns: object };
}

type MigrationCapability = 'x-ignore-shared' | 'events';

export interface QmpEvent {
  readonly event: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly timestamp: { readonly seconds: number; readonly microseconds: number };
}

export type QmpMessage =
  | { readonly QMP: object }
  | { readonly return: unknown; readonly id?: number }
  | { readonly error: { readonly class: string; readonly desc: string }; readonly id?: number }
  | QmpEvent;
