import * as fatfs from 'js-fatfs';
import { WindowsError, type WindowsErrorCode } from '../../shell';

const codes: ReadonlyMap<number, WindowsErrorCode> = new Map([
  [fatfs.FR_DISK_ERR, 1117],
  [fatfs.FR_INT_ERR, 1117],
  [fatfs.FR_NOT_READY, 21],
  [fatfs.FR_NO_FILE, 2],
  [fatfs.FR_NO_PATH, 3],
  [fatfs.FR_INVALID_NAME, 123],
  [fatfs.FR_DENIED, 5],
  [fatfs.FR_EXIST, 80],
  [fatfs.FR_WRITE_PROTECTED, 5],
]);

/** Throws what Windows says where FatFs says something else than that all went well (FatFs, "Return codes"). */
export function requireOk(result: number, cause: unknown): void {
  if (result === fatfs.FR_OK) return;
  const code = codes.get(result);
  if (code === undefined) throw new Error(`FatFs refused with its code ${result}.`, { cause });
  throw new WindowsError(code, { cause });
}
