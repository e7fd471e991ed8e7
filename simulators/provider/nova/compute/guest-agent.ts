import { boolFromString } from './bool-from-string';
import type { Instance } from './instance';

type Properties = Instance['imageProperties'];

/** Whether an image says that QEMU's guest agent runs in what is made of it; libvirt then gives it a channel. */
export function hasGuestAgent(image: Properties): boolean {
  return boolFromString(image['hw_qemu_guest_agent']);
}

/** Whose password `changePassword` sets (nova/virt/libvirt/driver.py `set_admin_password`). */
export function administratorOf(image: Properties): string {
  return image['os_admin_user'] || (image['os_type'] === 'windows' ? 'Administrator' : 'root');
}
