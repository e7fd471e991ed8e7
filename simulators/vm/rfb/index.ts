export { connectRfb, type RfbAddress } from './connect-rfb';
export { Framebuffer, type Rectangle } from './framebuffer';
export { characterKeysym, keysyms } from './keysyms';
export type { RfbClient, RfbEvents } from './rfb-client';
