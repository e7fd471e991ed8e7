import type { EvdevKey } from './evdev';
import { Key } from './key-codes';
import { usCharacter } from './us-layout';

/** One press (or repeat, or release) of a key with what the modifiers make of it. */
export interface KeyPress extends EvdevKey {
  /** The character on the US layout; undefined for keys that type none. Control and Alt do not change it. */
  readonly character: string | undefined;
  readonly shift: boolean;
  readonly control: boolean;
  readonly alt: boolean;
  readonly capsLock: boolean;
}

/** Follows shift, control, alt and Caps Lock over a stream of key events. */
export class KeyState {
  readonly #held = new Set<number>();
  #capsLock = false;

  apply(key: EvdevKey): KeyPress {
    if (key.action === 'up') this.#held.delete(key.code);
    else this.#held.add(key.code);
    if (key.code === Key.CapsLock && key.action === 'down') this.#capsLock = !this.#capsLock;
    const shift = this.#isHeld(Key.LeftShift, Key.RightShift);
    return {
      ...key,
      character: usCharacter(key.code, shift, this.#capsLock),
      shift,
      control: this.#isHeld(Key.LeftControl, Key.RightControl),
      alt: this.#isHeld(Key.LeftAlt, Key.RightAlt),
      capsLock: this.#capsLock,
    };
  }

  #isHeld(...codes: readonly number[]): boolean {
    return codes.some((code) => this.#held.has(code));
  }
}

/** Is this the key press that completes Ctrl+Alt+Del? */
export function isCtrlAltDel(press: KeyPress): boolean {
  const isDelete = press.code === Key.Delete || press.code === Key.KeypadDot;
  return isDelete && press.action === 'down' && press.control && press.alt;
}
