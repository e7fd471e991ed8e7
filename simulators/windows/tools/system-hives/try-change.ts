import { type Hive, HiveFormatError } from '../../../disk/regf';
import { SamError } from '../../../disk/sam';
import { WindowsError } from '../../shell';
import { changeSystemHive, type HiveContext } from './hive-files';

/** As changeSystemHive, for SYSTEM. False where it is not there, cannot be written or is no SYSTEM hive. */
export async function tryChangeSystem(context: HiveContext, change: (hive: Hive) => void): Promise<boolean> {
  try {
    await changeSystemHive(context, 'SYSTEM', change);
    return true;
  } catch (error) {
    if (error instanceof WindowsError || error instanceof HiveFormatError || error instanceof SamError) {
      return false;
    }
    throw error;
  }
}
