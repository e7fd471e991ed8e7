import type { Accelerator } from './accelerator/accelerator';
import type { Session } from './session/session';

/** What a machine runs in. */
export interface MachineContext {
  readonly session: Session;
  readonly accelerator: Accelerator;
  /** Where failures leave their screenshots; default: the machine's folder, which goes with the session. */
  readonly evidenceDirectory?: string;
  /**
   * A folder on the file system of the waypoint store: the guest's RAM is kept there (in a hidden folder
   * that ends with the session), so that saving a waypoint moves it instead of copying it. Without one the machine
   * cannot be saved.
   */
  readonly storageDirectory?: string | undefined;
}
