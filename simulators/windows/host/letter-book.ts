import { toHex } from '../../disk/bytes';
import { encodeMountedLocation } from '../../disk/sam';
import type { VolumeLocation } from '../windows-host';
import type { RememberedLetter } from './host-memory';

/** Which letter each volume had, by the data that `MountedDevices` names volumes with. */
export class LetterBook {
  readonly #letters = new Map<string, string | undefined>();

  constructor(remembered: readonly RememberedLetter[]) {
    for (const { location, letter } of remembered) this.#letters.set(location, letter);
  }

  /** Whether the volume is known, and by which letter; none where it shall have none. */
  recall(location: VolumeLocation): { readonly letter: string | undefined } | undefined {
    const key = keyOf(location);
    return this.#letters.has(key) ? { letter: this.#letters.get(key) } : undefined;
  }

  /** A letter belongs to one volume: who had it before is forgotten. */
  remember(location: VolumeLocation, letter: string | undefined): void {
    for (const [other, one] of this.#letters)
      if (letter !== undefined && one === letter) this.#letters.delete(other);
    this.#letters.set(keyOf(location), letter);
  }

  entries(): RememberedLetter[] {
    return [...this.#letters].map(([location, letter]) => ({ location, letter }));
  }
}

function keyOf(location: VolumeLocation): string {
  return toHex(encodeMountedLocation(location));
}
