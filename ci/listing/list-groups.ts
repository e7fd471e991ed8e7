import { readGroups } from '../../simulators/disk/ldm';
import type { SectorReader } from '../../simulators/disk/mbr';
import type { ByteText } from './byte-text';

/** The disk groups of these disks with all their disks, volumes and extents: what ldmtool's scan and show say. */
export function listGroups(disks: readonly SectorReader[], out: ByteText): void {
  for (const group of readGroups(disks)) {
    out.text(`${group.guid} ${group.name}\n`);
    for (const { name, guid, member } of group.disks) {
      out.text(`  disk ${name} ${guid} ${member ? 'present' : 'missing'}\n`);
    }
    for (const volume of group.volumes) {
      const { name, guid, layout, sizeSectors, mountHint = '', components } = volume;
      out.text(`  volume ${name} ${guid} ${layout} ${sizeSectors} ${mountHint}\n`);
      for (const { extents, stripeSectors = 0 } of components) {
        for (const extent of extents) {
          const { startSector, absoluteSector } = extent;
          out.text(`    ${extent.name} ${extent.disk.name} ${startSector} ${absoluteSector ?? '-'} `);
          out.text(`${extent.sizeSectors} ${stripeSectors}\n`);
        }
      }
    }
  }
}
