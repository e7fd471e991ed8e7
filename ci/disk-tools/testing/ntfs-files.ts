import { decodeUtf16, readU64 } from '../../../simulators/disk/bytes';
import {
  AttributeType,
  decodeRuns,
  type FileRecord,
  parseNtfsBootSector,
} from '../../../simulators/disk/ntfs';
import { fileRecords, geometryOf, readClusters } from '../../../simulators/windows/tools/chkdsk/file-table';

const ROOT = 5;

/**
 * The files of an NTFS volume by their paths (`\Boot\BCD`), read without its directories: each file record says what it is
 * called and in which folder it is. A record that is damaged is a file that is not there.
 */
export async function readNtfsFiles(
  volume: Uint8Array,
): Promise<(path: string) => Promise<Uint8Array | undefined>> {
  const read = async (offset: number, length: number) => volume.subarray(offset, offset + length);
  const boot = parseNtfsBootSector(volume.subarray(0, 512));
  const geometry = geometryOf(boot);
  const records: (FileRecord | undefined)[] = [];
  for await (const record of fileRecords(read, boot, geometry))
    records.push(record === 'damaged' || !record?.inUse ? undefined : record);

  const isCalled = (record: FileRecord | undefined, folder: number, wanted: string): boolean =>
    record?.attributes.some(({ type, content }) => {
      if (type !== AttributeType.fileName || !content) return false;
      const name = decodeUtf16(content, 0x42, 2 * content[0x40]!);
      return Number(readU64(content, 0) & 0xffffffffffffn) === folder && name === wanted;
    }) ?? false;

  return async (path) => {
    let at = ROOT;
    for (const name of path.split('\\').filter((part) => part !== '')) {
      at = records.findIndex((record) => isCalled(record, at, name));
      if (at < 0) return undefined;
    }
    const data = records[at]!.attributes.find(({ type, name }) => type === AttributeType.data && name === '');
    if (!data || data.content) return data?.content;
    const bytes = new Uint8Array(data.allocatedBytes);
    let end = 0;
    for await (const part of readClusters(read, geometry, decodeRuns(data.runs, geometry.clusters))) {
      bytes.set(part.bytes, end);
      end += part.bytes.length;
    }
    return bytes.subarray(0, data.dataBytes);
  };
}
