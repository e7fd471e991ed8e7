import type { Instance } from './instance';

/** Nova's `shutdown_timeout` in seconds. */
const USUAL_PATIENCE = 60;

/** Seconds that a guest gets to switch itself off: the image's `os_shutdown_timeout`, or Nova's own. */
export function shutdownPatience({ imageProperties }: Instance): number {
  const wanted = Number(imageProperties['os_shutdown_timeout'] ?? USUAL_PATIENCE);
  return Number.isFinite(wanted) && wanted >= 0 ? wanted : USUAL_PATIENCE;
}
