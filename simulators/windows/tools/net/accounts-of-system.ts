import { randomBytes } from 'node:crypto';
import type { Hive } from '../../../disk/regf';
import { AccountError, bootKeyOf, SamDatabase } from '../../../disk/sam';
import { changeSystemHive, type HiveContext, now, readSystemHive } from '../system-hives';
import { accountFailure } from './failure';

async function open(context: HiveContext, sam: Hive): Promise<SamDatabase> {
  const system = await readSystemHive(context, 'SYSTEM');
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  return SamDatabase.open(sam, () => bootKeyOf(system), { clock: now, random });
}

/** The local accounts of the running system, for reading. */
export async function readAccounts(context: HiveContext): Promise<SamDatabase> {
  return open(context, await readSystemHive(context, 'SAM'));
}

/** Changes the SAM of the running system and writes it. Throws `net`'s words where the SAM refuses. */
export async function changeAccounts(
  context: HiveContext,
  change: (accounts: SamDatabase) => void,
): Promise<void> {
  await changeSystemHive(context, 'SAM', async (sam) => {
    try {
      change(await open(context, sam));
    } catch (error) {
      throw error instanceof AccountError ? accountFailure(error) : error;
    }
  });
}
