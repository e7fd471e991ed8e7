import type { LoginOutcome } from '../login-outcome';

const REFUSED = /Permission denied|Too many authentication failures/;

/** Tells from what ssh said whether the password was refused or the server was not reached. */
export function connectionFailure(stderr: string): Exclude<LoginOutcome, { outcome: 'accepted' }> {
  // The first connection's notice that the host key was stored is no failure.
  const lines = stderr.split('\n').map((line) => line.trim());
  const detail = lines
    .filter((line) => line !== '' && !line.startsWith('Warning: Permanently added'))
    .join(' ');
  return { outcome: REFUSED.test(stderr) ? 'refused' : 'unreachable', detail: detail || 'ssh said nothing' };
}
