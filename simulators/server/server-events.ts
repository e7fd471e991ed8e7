/** What a server's machine does, for progress and evidence. */
export type ServerEvent =
  | { readonly kind: 'power'; readonly server: string; readonly power: 'on' | 'off' | 'paused' }
  /** The machine boots for real and will be saved when it gets there. */
  | { readonly kind: 'walking'; readonly server: string; readonly to: string }
  | { readonly kind: 'saved'; readonly server: string; readonly to: string; readonly milliseconds: number }
  /** Keeping the boot failed; the machine goes on as if nobody had tried. */
  | { readonly kind: 'not-saved'; readonly server: string; readonly to: string; readonly reason: string }
  /** The machine goes on from a saved boot. */
  | { readonly kind: 'forked'; readonly server: string; readonly to: string; readonly milliseconds: number }
  /** The power button was pressed: the guest has so many seconds of lab time to switch itself off. */
  | { readonly kind: 'power-button'; readonly server: string; readonly seconds: number }
  | { readonly kind: 'failed'; readonly server: string; readonly reason: string };

export type ServerListener = (event: ServerEvent) => void;
