/** What a server's machine does, for progress and evidence. */
export type ServerEvent =
  | { readonly kind: 'power'; readonly server: string; readonly power: 'on' | 'off' | 'paused' }
  /** The machine boots for real and will be saved when it gets there. */
  | { readonly kind: 'walking'; readonly server: string; readonly to: string }
  | { readonly kind: 'saved'; readonly server: string; readonly to: string; readonly milliseconds: number }
  /** The machine goes on from a saved boot. */
  | { readonly kind: 'forked'; readonly server: string; readonly to: string; readonly milliseconds: number }
  | { readonly kind: 'failed'; readonly server: string; readonly reason: string };

export type ServerListener = (event: ServerEvent) => void;
