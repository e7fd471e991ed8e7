import type { KeyPress } from '../../linux-devices';

/** One full-screen picture that takes keys. */
export interface Scene {
  /** Draws everything. */
  draw(): void;
  /** Presses and repeats only; Ctrl+Alt+Del never comes here. */
  key(press: KeyPress): void;
  /** Draws the clock again, where there is one. */
  tick?(): void;
}
