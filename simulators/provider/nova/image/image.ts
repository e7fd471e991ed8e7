/** One image as Glance and the compute API's image proxy show it. Times are epoch milliseconds of lab time. */
export interface NovaImage {
  readonly id: string;
  readonly name: string;
  /** Bytes; null for a snapshot of a volume-backed server, which has no data of its own. */
  readonly size: number | null;
  readonly minDisk: number;
  readonly minRam: number;
  readonly created: number;
  readonly properties: Readonly<Record<string, string>>;
}

/** The images that the provider offers. A deleted one is gone for new requests, also for a rescue. */
export class ImageStore {
  readonly #images = new Map<string, NovaImage>();

  add(image: NovaImage): void {
    this.#images.set(image.id, image);
  }

  get(id: string): NovaImage | undefined {
    return this.#images.get(id);
  }

  delete(id: string): boolean {
    return this.#images.delete(id);
  }

  /** Newest first. */
  list(): NovaImage[] {
    return [...this.#images.values()].sort((one, other) => other.created - one.created);
  }
}

/** A snapshot of a volume-backed server: its image holds a block device mapping and no bytes. */
export function isVolumeSnapshot(image: NovaImage): boolean {
  return image.size === null || image.size === 0 || 'block_device_mapping' in image.properties;
}
