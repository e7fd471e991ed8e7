import type { HttpExchange } from '../provider';
import type { ServerEvent } from '../server';

/** What happens in a lab, for progress and evidence. */
export type LabEvent = ServerEvent | ({ readonly kind: 'exchange' } & HttpExchange);
export type LabListener = (event: LabEvent) => void;
