/** Framebuffer and keyboards of a Linux machine without X: used by the logon screen and by the rescue relay. */
export { type EvdevKey, encodeEvdevKey } from './evdev';
export { findPowerButtons } from './find-keyboards';
export {
  Framebuffer,
  type FramebufferGeometry,
  type Rectangle,
  readFramebufferGeometry,
} from './framebuffer';
export { Key } from './key-codes';
export { isCtrlAltDel, type KeyPress, KeyState } from './key-state';
export { type Keyboard, Keyboards } from './keyboards';
export { takeConsole } from './take-console';
export { usKey } from './us-layout';
