import { rm } from 'node:fs/promises';
import type { NovaProvider } from '../provider/nova';
import { blankDisk, overlayDisk, type ServerDisk } from '../server';

const GIBIBYTE = 2 ** 30;

/** The disks of the cloud's volumes: each is made when it is attached for the first time, and kept until it is deleted. */
export class VolumeDisks {
  readonly #made = new Map<string, Promise<ServerDisk>>();

  constructor(
    private readonly provider: Pick<NovaProvider, 'volumes'>,
    private readonly options: {
      readonly folder: string;
      /** The disk of an image, by the image's id. */
      readonly imageDisk: (imageId: string) => string;
    },
  ) {
    provider.volumes.events.on('deleted', (volumeId) => {
      void this.#made.get(volumeId)?.then(
        ({ path }) => rm(path, { force: true }),
        () => undefined,
      );
      this.#made.delete(volumeId);
    });
  }

  /** The volume's disk. Throws where its image has no bytes. */
  of(volumeId: string): Promise<ServerDisk> {
    const disk = this.#made.get(volumeId) ?? this.#make(volumeId);
    this.#made.set(volumeId, disk);
    return disk;
  }

  async #make(volumeId: string): Promise<ServerDisk> {
    const { folder, imageDisk } = this.options;
    const { size, imageId } = this.provider.volumes.get(volumeId) ?? { size: 0, imageId: undefined };
    const name = `volume-${volumeId.slice(0, 8)}`;
    const disk =
      imageId === undefined
        ? await blankDisk(folder, name, size * GIBIBYTE)
        : await overlayDisk(folder, name, imageDisk(imageId), size * GIBIBYTE);
    // As libvirt: the guest knows a volume by its id, as far as there is room.
    return { ...disk, serial: volumeId.slice(0, 20) };
  }
}
