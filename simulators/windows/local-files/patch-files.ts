import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { syncFile } from './settle';

/** Bytes to put at offsets of a file, which is made where it is absent and grows where they pass its end. */
export interface FilePatch {
  readonly path: string;
  readonly pieces: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

/** Writes into files in place. Each patch is on the disk before the next one begins, and the last when this resolves. */
export async function patchFiles(patches: readonly FilePatch[]): Promise<void> {
  const files = new Map<string, FileHandle>();
  try {
    for (const { path, pieces } of patches) {
      const file = files.get(path) ?? (await open(path, constants.O_RDWR | constants.O_CREAT, 0o666));
      files.set(path, file);
      for (const { offset, bytes } of pieces) await writeAt(file, offset, bytes);
      await syncFile(file);
    }
  } finally {
    for (const file of files.values()) await file.close();
  }
}

async function writeAt(file: FileHandle, offset: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done, offset + done)).bytesWritten;
  }
}
