import type { Random } from '../random';
import { SecretText } from '../secret-text';
import { DEBIAN_RESCUE, WINDOWS_RESCUE } from './boot-list';

/** `dedicated.server.AccessTypeEnum`, as far as a rescue system offers it. */
export type RescueAccess = 'RDP' | 'SSH';

interface RescueSystem {
  readonly hostName: string;
  readonly user: string;
  /** Which access types `authenticationSecret` lists is not published: our choice. */
  readonly accesses: readonly RescueAccess[];
}

const RESCUE_SYSTEMS: Readonly<Record<string, RescueSystem>> = {
  // Host name and user: the provider's guide "rescue-customer-windows".
  [WINDOWS_RESCUE]: { hostName: 'WINRESCUEOVH', user: 'Administrator', accesses: ['RDP', 'SSH'] },
  // The host name is our choice.
  [DEBIAN_RESCUE]: { hostName: 'rescue-customer', user: 'root', accesses: ['SSH'] },
};

/** The login of one boot into a rescue system. A restart inside the rescue VM keeps it; a new boot makes a new one. */
export interface RescueSession extends RescueSystem {
  readonly kernel: string;
  readonly password: SecretText;
  /** The customer's public key that opens it, in place of a password sent by mail. */
  readonly sshKey: string | undefined;
}

/**
 * Letters that sit on the same unshifted key on QWERTY, AZERTY and QWERTZ keyboards (so no a, q, z, w, y, m, and
 * no digits, which AZERTY has behind Shift) and cannot be taken for one another when read (no l, i, o): a
 * password can be typed on the KVM console whatever layout the two ends believe in.
 */
const LOWER = 'bcdefghjknprstuvx';
const PASSWORD_LENGTH = 16;

/** A password of 16 letters in both cases, about 81 bits. */
export function createPassword(random: Random): SecretText {
  for (;;) {
    const password = random.text(PASSWORD_LENGTH, LOWER + LOWER.toUpperCase());
    if (/[a-z]/.test(password) && /[A-Z]/.test(password)) {
      return new SecretText(password);
    }
  }
}

/**
 * A new session for `kernel`, or undefined when it is no rescue system with a login (`ipxe-shell`). The Windows rescue
 * system takes no SSH key (the provider's guide: password only); with the Debian one, a key means no password mail.
 */
export function createRescueSession(
  kernel: string,
  random: Random,
  sshKey: string | null = null,
): RescueSession | undefined {
  const system = RESCUE_SYSTEMS[kernel];
  const key = kernel === WINDOWS_RESCUE ? undefined : (sshKey ?? undefined);
  return system && { ...system, kernel, password: createPassword(random), sshKey: key };
}
