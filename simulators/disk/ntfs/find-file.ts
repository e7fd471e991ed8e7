import { damaged, type SectorReader } from '../mbr';
import { AttributeType } from './attributes';
import { type FileContent, fileContent, isSpread } from './file-content';
import { type FileName, type FileReference, readFileName } from './file-name';
import { type FileTable, openFileTable } from './file-table';
import { folderEntries } from './folder-index';
import { INDEX_ADVICE } from './index-entries';
import type { FileRecord } from './read-file-record';

const ROOT_FOLDER = 5;

/** A record and its number. */
interface Found {
  readonly number: number;
  readonly record: FileRecord;
}

/**
 * The content of a file, found by the names on the way to it as GRUB's ntfs module (grub-core/fs/ntfs.c) finds it: names
 * without case, but those of the POSIX namespace, which ntfs-3g gives, with it; short names beside long ones do not count.
 * Undefined where there is no such file, and where that cannot be told here: compressed, encrypted and sparse files and
 * reparse points, and attributes over several records. Throws a DiskFormatError for a volume that is damaged: index and
 * file records must agree on the way.
 */
export function findFileContent(volume: SectorReader, names: readonly string[]): FileContent | undefined {
  const table = openFileTable(volume);
  const root = table.record(ROOT_FOLDER);
  let found: Found | undefined = root && { number: ROOT_FOLDER, record: root };
  for (const name of names) found = found && findIn(volume, table, found, name);
  return found && !found.record.folder ? fileContent(found.record, table.boot) : undefined;
}

function findIn(volume: SectorReader, table: FileTable, folder: Found, wanted: string): Found | undefined {
  for (const { file, fileName } of folderEntries(volume, table.boot, folder.record) ?? []) {
    if (fileName.dos || !isCalled(fileName, wanted)) continue;
    if (fileName.isReparsePoint) return undefined;
    const record = table.record(file.number);
    const inFolder = leadsTo(fileName.folder, folder.number, folder.record);
    const isMeant = inFolder && record && leadsTo(file, file.number, record);
    // The name of a file with many attributes may stand in another record; its content is not told here.
    if (isMeant && (isSpread(record) || carries(record, fileName))) return { number: file.number, record };
    throw damaged(
      folder.record.offset,
      `the folder with record ${folder.number} and record ${file.number} do not agree on "${fileName.name}"`,
      INDEX_ADVICE,
    );
  }
  return undefined;
}

function isCalled({ name, posix }: FileName, wanted: string): boolean {
  return posix ? name === wanted : lowerCase(name) === lowerCase(wanted);
}

/** As GRUB does it: of ASCII letters only. */
function lowerCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function leadsTo(reference: FileReference, number: number, { sequence }: FileRecord): boolean {
  return reference.number === number && reference.sequence === sequence;
}

/** Whether a file's own record has this name of it. */
function carries(
  { attributes, folder }: FileRecord,
  { name, posix, isFolder, folder: above }: FileName,
): boolean {
  return attributes.some(({ type, content }) => {
    const own = type === AttributeType.fileName && content ? readFileName(content) : undefined;
    return (
      own?.name === name &&
      own.posix === posix &&
      own.folder.number === above.number &&
      own.folder.sequence === above.sequence &&
      folder === isFolder
    );
  });
}
