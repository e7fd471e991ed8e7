import { DiskFormatError } from '../../disk/bytes';
import type { SectorReader } from '../../disk/mbr';
import { readNtfs } from '../../disk/ntfs';
import type { VolumeView, WindowsHost } from '../windows-host';
import type { VolumeReport } from './inspection';

/** `C:`, or `\Device\HarddiskVolume1` for a volume without a letter. */
export function volumeName({ letter, devicePath }: VolumeView): string {
  return letter === undefined ? devicePath : `${letter}:`;
}

export async function inspectVolume(host: WindowsHost, volume: VolumeView): Promise<VolumeReport> {
  const { number, letter, label, fileSystem, type, status, sizeBytes, diskNumbers } = volume;
  let dirty: boolean | undefined;
  let damage: string | undefined;
  if (fileSystem === 'NTFS') {
    try {
      dirty = await onVolume(host, volume, (reader) => readNtfs(reader).dirty);
    } catch (error) {
      damage = (error as Error).message;
    }
  }
  return {
    number,
    name: volumeName(volume),
    letter,
    label,
    fileSystem,
    type,
    status,
    sizeBytes,
    disks: diskNumbers,
    dirty,
    damage: damage ?? (fileSystem === 'RAW' ? 'No file system that Windows knows was found.' : undefined),
  };
}

/** Thrown to leave a codec whose bytes have to be fetched first. */
class Missing {
  constructor(
    readonly offset: number,
    readonly length: number,
  ) {}
}

/** Gives a codec, which reads at once, the bytes of a volume, which come later: it is asked again for each new piece. */
async function onVolume<T>(
  host: WindowsHost,
  { number, sizeBytes }: VolumeView,
  work: (reader: SectorReader) => T,
): Promise<T> {
  const pieces = new Map<string, Uint8Array>();
  const read = (offset: number, length: number): Uint8Array => {
    const piece = pieces.get(`${offset} ${length}`);
    if (piece) return piece;
    throw new Missing(offset, length);
  };
  // A codec looks at a handful of places.
  for (let pieceCount = 0; pieceCount < 64; pieceCount += 1) {
    try {
      return work({ sizeBytes, read });
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
      pieces.set(
        `${error.offset} ${error.length}`,
        await host.readVolume(number, error.offset, error.length),
      );
    }
  }
  throw new DiskFormatError(0, `the metadata of volume ${number} is spread over too many places`);
}
