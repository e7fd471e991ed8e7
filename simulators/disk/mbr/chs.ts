const SECTORS_PER_TRACK = 63;
const HEADS = 255;

/** The value that says "look at the LBA fields": cylinder 1023, head 254, sector 63. */
const BEYOND = Uint8Array.of(0xfe, 0xff, 0xff);

/**
 * The 3-byte cylinder/head/sector field of an MBR entry for a sector number, in the 255-head, 63-sector geometry
 * that BIOSes and Windows assume. Beyond 1023 cylinders: FE FF FF.
 */
export function chsOf(sector: number): Uint8Array {
  const cylinder = Math.floor(sector / (HEADS * SECTORS_PER_TRACK));
  if (cylinder > 1023) return BEYOND.slice();
  const head = Math.floor(sector / SECTORS_PER_TRACK) % HEADS;
  const sectorOfTrack = (sector % SECTORS_PER_TRACK) + 1;
  return Uint8Array.of(head, sectorOfTrack | ((cylinder >> 2) & 0xc0), cylinder & 0xff);
}
