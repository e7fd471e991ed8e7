import type { Patch } from '../../disk/mbr';
import { changeGuids, changeSignature } from '../disk-tables';
import { newGuid, randomBelow } from '../random';
import type { HostDisk } from './host-disk';
import type { HostOptions } from './host-options';

const SIGNATURE_LIMIT = 0x1_0000_0000;

/** Makes the new signatures and GUIDs of disks that collide with others. */
export class DiskIdentities {
  readonly #randomSignature: () => number;
  readonly #newGuid: () => string;

  constructor(options: Pick<HostOptions, 'randomSignature' | 'newGuid'>) {
    this.#randomSignature = options.randomSignature ?? (() => 1 + randomBelow(SIGNATURE_LIMIT - 1));
    this.#newGuid = options.newGuid ?? newGuid;
  }

  /**
   * What to write so that the disk collides with none of the others: a random MBR signature; or a GPT disk GUID, and new
   * GUIDs for the partitions that another disk has as well.
   */
  replace(disk: HostDisk, others: readonly HostDisk[]): Patch[] {
    const { style, guid } = disk.content;
    if (style === 'mbr') return changeSignature(disk.device, this.#unusedSignature(others));
    const shared = new Set(others.flatMap((other) => disk.sharedGuids(other)));
    const taken = others.some(({ content }) => content.guid === guid);
    return changeGuids(disk.device, taken || guid === undefined ? this.#newGuid() : guid, (one) =>
      shared.has(one) ? this.#newGuid() : undefined,
    );
  }

  #unusedSignature(others: readonly HostDisk[]): number {
    const used = new Set(others.map(({ content }) => content.signature));
    let signature = this.#randomSignature();
    while (signature === 0 || used.has(signature)) signature = this.#randomSignature();
    return signature;
  }
}
