/** What Nova's compute service asks of a hypervisor, for one instance. Implemented by simulators/server; a null one answers at once. */
export interface Hypervisor {
  readonly power: 'on' | 'off' | 'paused';
  start(): Promise<void>;
  stop(): Promise<void>;
  reboot(kind: 'soft' | 'hard'): Promise<void>;
  /** Boots a fresh copy of `imageId` with the original disk second; the config drive carries `adminPass`. */
  rescue(options: { imageId: string; adminPass: string }): Promise<void>;
  /** Drops the rescue disk and boots the original hardware again. */
  unrescue(): Promise<void>;
  /** `host:port` of the console (RFB), or undefined where no machine runs. */
  readonly console: string | undefined;
}
