import { processPlace } from './process-identity';

/** Names the session of a container; end-session.sh looks for it. */
export const sessionLabel = 'rescue-lab.session';
/** The folder in which that session has its own. */
export const rootLabel = 'rescue-lab.sessions';
/** Where its processes run, as `processPlace` says. */
export const placeLabel = 'rescue-lab.place';

/** What every container of a session carries. */
export function containerLabels(root: string, id: string): Readonly<Record<string, string>> {
  return { [sessionLabel]: id, [rootLabel]: root, [placeLabel]: processPlace() };
}
