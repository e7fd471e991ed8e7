import { concatBytes, encodeLatin1, hasAscii, readU16, readU32 } from '../disk/bytes';
import { hasTableMark, partOfDisk, readSectors, SECTOR_BYTES, type SectorReader } from '../disk/mbr';
import { BOOT_FILE_BYTES, type FileContent, findFileContent, parseNtfsBootSector } from '../disk/ntfs';
import { activeEntry } from '../windows/boot-manager';

/** Nobody on the way to the boot manager looks at the disk's signature (bytes). */
const SIGNATURE = { start: 0x1b8, end: 0x1bc } as const;
const TABLE = { start: 0x1be, entryBytes: 16 } as const;
/** Where the core lies that images/boot-sectors.ts puts there, and the mark of its first sector. */
const CORE = { sector: 16, mark: 'RLab' } as const;
/** `movb $SLICE, CORE + 0x19` of volume-boot-code.S, which tells GRUB's script what to look for, without its last byte. */
const SLICE = [0xc6, 0x06, 0x19, 0x82] as const;
/** What GRUB's script then loads (images/grub.ts), by that last byte. */
const FILES: ReadonlyMap<number, readonly (readonly string[])[]> = new Map([
  [0xff, [['bootmgr'], ['Boot', 'linux']]],
  [0x00, [['ntldr'], ['NTDETECT.COM']]],
]);

/**
 * What a BIOS disk of the stand-in starts by, in a fixed order: the first sector but for the signature, the number of the
 * active entry, the volume's boot code and parameter block, GRUB's core, the names and contents of the two files that it
 * loads. Places are on the disk. Undefined for a disk that is made in another way; a DiskFormatError says that it is damaged.
 */
export function chainParts(disk: SectorReader): FileContent[] | undefined {
  const sector = readSectors(disk, 0);
  const active = activeEntry(sector);
  const core = corePart(disk);
  if (!hasTableMark(sector) || typeof active === 'string' || !core) return undefined;
  const entry = TABLE.start + active * TABLE.entryBytes;
  const startSector = readU32(sector, entry + 8);
  const volume = partOfDisk(disk, startSector, readU32(sector, entry + 12));
  const boot = readSectors(volume, 0, BOOT_FILE_BYTES / SECTOR_BYTES);
  parseNtfsBootSector(boot.subarray(0, SECTOR_BYTES));
  const files = filesOf(boot).map((names) => ({ names, content: findFileContent(volume, names) }));
  const parts = [
    inMemory(concatBytes(sector.subarray(0, SIGNATURE.start), sector.subarray(SIGNATURE.end))),
    inMemory(Uint8Array.of(active)),
    inMemory(boot),
    core,
  ];
  for (const { names, content } of files) {
    const onDisk = content && placedOnDisk(content, startSector * SECTOR_BYTES, volume.sizeBytes);
    if (!onDisk) return undefined;
    parts.push(inMemory(encodeLatin1(names.join('\\'))), onDisk);
  }
  return files.length > 0 ? parts : undefined;
}

/** GRUB's core with the sector before it, as long as that says. */
function corePart(disk: SectorReader): FileContent | undefined {
  const first = readSectors(disk, CORE.sector);
  const sectors = readU16(first, CORE.mark.length);
  if (!hasAscii(first, 0, CORE.mark) || sectors === 0) return undefined;
  const place = { offsetBytes: CORE.sector * SECTOR_BYTES, sizeBytes: (1 + sectors) * SECTOR_BYTES };
  return placedOnDisk(
    { sizeBytes: place.sizeBytes, resident: undefined, places: [place] },
    0,
    disk.sizeBytes,
  );
}

/** Which files this boot code leads to, the kernel last; none for code that is not the stand-in's. */
function filesOf(boot: Uint8Array): readonly (readonly string[])[] {
  const code = boot.subarray(0, SECTOR_BYTES);
  const found = [...code.keys()].filter((at) => SLICE.every((byte, index) => code[at + index] === byte));
  const kind = found.length === 1 ? code[found[0]! + SLICE.length] : undefined;
  return (kind === undefined ? undefined : FILES.get(kind)) ?? [];
}

function inMemory(bytes: Uint8Array): FileContent {
  return { sizeBytes: bytes.length, resident: bytes, places: [] };
}

/** Content of a part of the disk as content of the disk; undefined where a place lies outside that part. */
function placedOnDisk(content: FileContent, start: number, sizeBytes: number): FileContent | undefined {
  const isInside = content.places.every((place) => place.offsetBytes + place.sizeBytes <= sizeBytes);
  if (!isInside) return undefined;
  const places = content.places.map((place) => ({ ...place, offsetBytes: place.offsetBytes + start }));
  return { ...content, places };
}
