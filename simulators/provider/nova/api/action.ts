import type { RunAction } from './call';
import type { Operation, Right } from './operations';

/** An action: a row as the operations have, and what carries it out. */
export interface Action extends Omit<Operation, 'right' | 'query'> {
  /** Default: `change`. */
  readonly right?: Right;
  readonly run: RunAction;
  /** Rackspace's API of 2014 takes any body. */
  readonly anyBodyAtRackspace?: boolean;
}
