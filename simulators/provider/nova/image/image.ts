import type { Clock } from '../../clock';

export type ImageStatus = 'queued' | 'saving' | 'active' | 'deactivated' | 'killed' | 'deleted';
export type ImageVisibility = 'public' | 'community' | 'shared' | 'private';

/** What a project that an image was shared with says to that. */
export interface ImageMember {
  readonly projectId: string;
  readonly status: 'pending' | 'accepted' | 'rejected';
  readonly created: number;
}

/** One image as Glance and the compute API's image proxy show it. Times are epoch milliseconds of lab time. */
export interface NovaImage {
  readonly id: string;
  readonly name: string;
  /** Bytes; null as long as there is no data, 0 for a snapshot of a volume-backed server, which has none of its own. */
  readonly size: number | null;
  readonly minDisk: number;
  readonly minRam: number;
  readonly created: number;
  readonly properties: Readonly<Record<string, string>>;
  /** Default: `created`. */
  readonly updated?: number;
  /** Default: `active`. */
  readonly status?: ImageStatus;
  /** Default: `public`. */
  readonly visibility?: ImageVisibility;
  /** The project whose image it is; the provider's own when left out. */
  readonly ownerId?: string;
  readonly diskFormat?: string;
  readonly tags?: readonly string[];
  readonly protected?: boolean;
  readonly hidden?: boolean;
  readonly members?: readonly ImageMember[];
}

/** The images that the provider and its projects have. A deleted one is gone for new requests, also for a rescue. */
export class ImageStore {
  readonly #images = new Map<string, NovaImage>();

  add(image: NovaImage): void {
    this.#images.set(image.id, image);
  }

  /** The image with this id, where it is there for this project; for the provider itself without a project. */
  get(id: string, projectId?: string): NovaImage | undefined {
    const image = this.#images.get(id);
    return image !== undefined && (projectId === undefined || isVisible(image, projectId))
      ? image
      : undefined;
  }

  /** Takes over `changes`; an image that is gone stays so. */
  update(id: string, changes: Partial<NovaImage>): void {
    const image = this.#images.get(id);
    if (image !== undefined) {
      this.#images.set(id, { ...image, ...changes });
    }
  }

  delete(id: string): boolean {
    return this.#images.delete(id);
  }

  /** Newest first. */
  list(): NovaImage[] {
    return [...this.#images.values()].sort(
      (one, other) => other.created - one.created || (one.id < other.id ? 1 : -1),
    );
  }
}

/** What the image service works with. */
export interface ImageStores {
  readonly images: ImageStore;
  readonly clock: Clock;
}

/** Whether a project can use an image by its id; glance/db `is_image_visible`. */
export function isVisible(image: NovaImage, projectId: string): boolean {
  const { visibility = 'public', ownerId, members = [] } = image;
  return (
    visibility === 'public' ||
    visibility === 'community' ||
    ownerId === projectId ||
    (visibility === 'shared' && members.some((member) => member.projectId === projectId))
  );
}

/** A snapshot of a volume-backed server: its image holds a block device mapping and no bytes. */
export function isVolumeSnapshot(image: NovaImage): boolean {
  return image.size === null || image.size === 0 || 'block_device_mapping' in image.properties;
}
