import prettyMs from 'pretty-ms';
import type { LabEvent } from '../../simulators/lab';

/** What happens in a lab as one line for people; undefined for events that are only worth evidence. */
export function eventLine(event: LabEvent): string | undefined {
  switch (event.kind) {
    case 'power':
      return `${event.server}: power ${event.power}`;
    case 'walking':
      return `${event.server}: booting to ${event.to}; the next time takes a fraction of a second`;
    case 'saved':
      return `${event.server}: saved ${event.to} after ${prettyMs(event.milliseconds)}`;
    case 'forked':
      return `${event.server}: went on from the saved ${event.to} in ${prettyMs(event.milliseconds)}`;
    case 'failed':
      return `${event.server}: ${event.reason}`;
    case 'exchange':
      return undefined;
  }
}
