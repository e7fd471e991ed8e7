import prettyMs from 'pretty-ms';
import type { LabEvent } from './lab-events';

/** One line for people: what a server is doing. */
export function wordsFor(event: Exclude<LabEvent, { kind: 'exchange' }>): string {
  switch (event.kind) {
    case 'power':
      return `${event.server}: power ${event.power}`;
    case 'walking':
      return `${event.server}: booting towards ${event.to}; saved for the next run when it gets there`;
    case 'saved':
      return `${event.server}: ${event.to} reached and saved in ${inWords(event.milliseconds)}`;
    case 'not-saved':
      return `${event.server}: could not be saved at ${event.to}, and goes on: ${event.reason}`;
    case 'forked':
      return `${event.server}: ${event.to} forked from a saved state in ${inWords(event.milliseconds)}`;
    case 'power-button':
      return `${event.server}: its power button was pressed; in ${event.seconds} s of lab time its power is cut`;
    case 'failed':
      return `${event.server}: failed: ${event.reason}`;
  }
}

function inWords(milliseconds: number): string {
  return prettyMs(milliseconds < 1000 ? Math.round(milliseconds) : milliseconds);
}
