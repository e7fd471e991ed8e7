import type { Clock } from '../../clock';
import type { Directory } from './directory';
import type { Tokens } from './tokens';

/** What the identity service's faces work with. */
export interface Identity {
  readonly clock: Clock;
  readonly directory: Directory;
  readonly tokens: Tokens;
  readonly region: string;
  /** Rackspace's dialect: v2.0, numbers for tenants, roles by product. */
  readonly rackspace: boolean;
}
