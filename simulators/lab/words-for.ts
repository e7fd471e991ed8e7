import type { LabEvent } from './lab-events';

/** One line for people: what a server is doing. */
export function wordsFor(event: Exclude<LabEvent, { kind: 'exchange' }>): string {
  switch (event.kind) {
    case 'power':
      return `${event.server}: power ${event.power}`;
    case 'walking':
      return `${event.server}: booting towards ${event.to}; saved for the next run when it gets there`;
    case 'saved':
      return `${event.server}: ${event.to} reached and saved in ${Math.round(event.milliseconds)} ms`;
    case 'forked':
      return `${event.server}: ${event.to} forked from a saved state in ${Math.round(event.milliseconds)} ms`;
    case 'failed':
      return `${event.server}: failed: ${event.reason}`;
  }
}
