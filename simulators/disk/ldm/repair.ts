import { type Patch, readSectors, SECTOR_BYTES, type SectorReader } from '../mbr';
import { newest } from './copies';
import { type LdmMember, privHeadSectors } from './member';

/**
 * What to write so that every copy of the PRIVHEAD and the TOCBLOCK is the newest sound one again, byte for byte.
 * Empty where nothing is damaged or out of date.
 */
export function repairCopies(reader: SectorReader, member: LdmMember): Patch[] {
  const { privHead, privHeads, tocs } = member;
  const tocSectors = privHead.tocSectors.map((sector) => privHead.privateStart + sector);
  return [
    ...restored(reader, privHeads, privHeadSectors(member.style, privHead)),
    ...restored(reader, tocs, tocSectors),
  ];
}

function restored(
  reader: SectorReader,
  copies: Parameters<typeof newest>[0],
  sectors: readonly number[],
): Patch[] {
  const { sector: source, block } = newest(copies);
  const current = copies
    .filter((copy) => copy.block.updateSequence === block.updateSequence)
    .map(({ sector }) => sector);
  const bytes = readSectors(reader, source);
  return sectors
    .filter((sector) => !current.includes(sector))
    .map((sector) => ({ offsetBytes: sector * SECTOR_BYTES, bytes }));
}
