import type { Instance } from './instance';

type Properties = Instance['imageProperties'];

/** What oslo's `bool_from_string` takes for true. */
const TRUE = ['1', 't', 'true', 'on', 'y', 'yes'];

/** Whether an image says that QEMU's guest agent runs in what is made of it; libvirt then gives it a channel. */
export function hasGuestAgent(image: Properties): boolean {
  return TRUE.includes((image['hw_qemu_guest_agent'] ?? '').trim().toLowerCase());
}

/** Whose password `changePassword` sets (nova/virt/libvirt/driver.py `set_admin_password`). */
export function administratorOf(image: Properties): string {
  return image['os_admin_user'] || (image['os_type'] === 'windows' ? 'Administrator' : 'root');
}
