import type { WaitSum } from '../waits';

/**
 * What the message stream carries for the live display and the report: small JSON or text attachments of our own media
 * types, sent as they happen. Pictures and logs themselves stay files in the evidence folder.
 */
export const MediaType = {
  /** One line of text: what the machine is doing right now. */
  machineState: 'text/x.rescue-lab.state+plain',
  /** A `Screen`. */
  screen: 'application/x.rescue-lab.screen+json',
  /** `{"folder"}`: the scenario's evidence folder, relative to the run folder. */
  evidence: 'application/x.rescue-lab.evidence+json',
  /** `RunFacts`: what the run stood on. */
  facts: 'application/x.rescue-lab.facts+json',
  /** `WaitSum[]`: what the scenario waited for, all in all. */
  waits: 'application/x.rescue-lab.waits+json',
} as const;

/** A picture in the evidence folder. */
export interface Screen {
  /** Path of the PNG relative to the run folder. */
  readonly file: string;
  readonly caption: string;
}

/** Which guest and machine a scenario ran on; values as shown to people, e.g. `{"guest":"stand-in","accelerator":"tcg","qemu":"7.2.22"}`. */
export type RunFacts = Readonly<Partial<Record<'guest' | 'accelerator' | 'qemu' | 'firmware', string>>> &
  Readonly<Record<string, string>>;

/** The `attach` of a cucumber World; anything else that takes text and a media type will do. */
export type Attach = (text: string, mediaType: string) => unknown;

/** Cucumber refuses attachments between steps; a state line that comes at such a moment is not worth a failure. */
function attachIfRunning(attach: Attach, text: string, mediaType: string): void {
  try {
    attach(text, mediaType);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('Cannot attach')) throw error;
  }
}

/** Shows one line of machine state on the live display. Safe to call at any moment, also between steps. */
export function attachState(attach: Attach, state: string): void {
  attachIfRunning(attach, state, MediaType.machineState);
}

/** Puts a picture of the evidence folder beside the running step in the report. */
export function attachScreen(attach: Attach, screen: Screen): void {
  attachIfRunning(attach, JSON.stringify(screen), MediaType.screen);
}

/** Tells the report where the scenario's evidence is; call it once in a `Before` hook. */
export function attachEvidenceFolder(attach: Attach, folder: string): void {
  attach(JSON.stringify({ folder }), MediaType.evidence);
}

/** Tells the report what the scenario waited for. */
export function attachWaits(attach: Attach, waits: readonly WaitSum[]): void {
  attachIfRunning(attach, JSON.stringify(waits), MediaType.waits);
}

/** Tells the report what the scenario ran on. */
export function attachFacts(attach: Attach, facts: RunFacts): void {
  attachIfRunning(attach, JSON.stringify(facts), MediaType.facts);
}
