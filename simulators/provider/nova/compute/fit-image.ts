import type { NovaFlavor } from '../flavor';
import type { NovaImage } from '../image/image';
import { refuse } from './refusal';

const GIBIBYTE = 2 ** 30;

/** Refuses an image that is not ready, or that does not fit into a flavor; nova/compute/api.py `_validate_flavor_image`. */
export function refuseUnfitImage(
  image: NovaImage,
  flavor: NovaFlavor,
  { volumeBacked }: { volumeBacked: boolean },
): void {
  if ((image.status ?? 'active') !== 'active') {
    throw refuse.badRequest(`Image ${image.id} is not active.`);
  }
  if (flavor.ram < image.minRam) {
    throw refuse.badRequest("Flavor's memory is too small for requested image.");
  }
  if (volumeBacked || flavor.disk === 0) {
    return;
  }
  const room = flavor.disk * GIBIBYTE;
  if ((image.size ?? 0) > room) {
    throw refuse.badRequest(
      `Flavor's disk is too small for requested image. Flavor disk is ${room} bytes, image is ${image.size} bytes.`,
    );
  }
  if (image.minDisk * GIBIBYTE > room) {
    throw refuse.badRequest(
      `Flavor's disk is smaller than the minimum size specified in image metadata. ` +
        `Flavor disk is ${room} bytes, minimum size is ${image.minDisk * GIBIBYTE} bytes.`,
    );
  }
}
