import { Events } from '../../events';

export type VolumeStatus =
  | 'creating'
  | 'available'
  | 'reserved'
  | 'attaching'
  | 'in-use'
  | 'detaching'
  | 'deleting'
  | 'error'
  | 'error_deleting'
  | 'maintenance';

/** A volume at a server. */
export interface VolumeAttachment {
  readonly id: string;
  readonly serverId: string;
  /** Such as `/dev/vdb`. */
  readonly device: string | null;
  readonly attachedAt: number;
}

/** One Cinder volume. Times are epoch milliseconds of lab time. */
export interface Volume {
  readonly id: string;
  readonly name: string | null;
  readonly description?: string | null;
  readonly projectId: string;
  readonly userId: string;
  /** GiB. */
  readonly size: number;
  readonly status: VolumeStatus;
  readonly bootable: boolean;
  /** The image that its bytes came from. */
  readonly imageId?: string;
  /** What Cinder kept of that image's properties (`volume_image_metadata`). */
  readonly imageMetadata: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly attachments: readonly VolumeAttachment[];
  readonly created: number;
  readonly updated: number;
}

export class VolumeStore {
  /** Volumes that are gone, by their ids. */
  readonly events = new Events<{ deleted: string }>();
  readonly #volumes = new Map<string, Volume>();

  add(volume: Volume): void {
    this.#volumes.set(volume.id, volume);
  }

  get(id: string): Volume | undefined {
    return this.#volumes.get(id);
  }

  /** Takes over `changes`; a volume that is gone stays so. */
  update(id: string, changes: Partial<Volume>): void {
    const volume = this.#volumes.get(id);
    if (volume !== undefined) {
      this.#volumes.set(id, { ...volume, ...changes });
    }
  }

  delete(id: string): boolean {
    const wasThere = this.#volumes.delete(id);
    if (wasThere) this.events.emit('deleted', id);
    return wasThere;
  }

  /** Newest first. */
  list(): Volume[] {
    return [...this.#volumes.values()].sort(
      (one, other) => other.created - one.created || (one.id < other.id ? 1 : -1),
    );
  }
}
