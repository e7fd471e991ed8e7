import type { LoginOutcome } from '../login-outcome';

/** FreeRDP's own word for a refusal (libfreerdp/error.h); Windows servers cause it. */
const SAID_REFUSED =
  /ERRCONNECT_(LOGON_FAILURE|WRONG_PASSWORD|PASSWORD_EXPIRED|ACCOUNT_\w+|AUTHENTICATION_FAILED)/;
/** The client has sent its proof of the password; a server that then only hangs up has refused it (freerdp-shadow does). */
const PROOF_SENT = /NTLM_STATE_AUTHENTICATE to NTLM_STATE_FINAL/;

/** Judges a run of `xfreerdp +auth-only /log-level:DEBUG`. Its exit code is 147 for a wrong password and no server alike. */
export function rdpOutcome(exitCode: number | undefined, log: string, timedOut: boolean): LoginOutcome {
  if (exitCode === 0 && !timedOut) return { outcome: 'accepted' };
  const detail = timedOut ? 'no answer to the login in time' : lastError(log);
  const refused = SAID_REFUSED.test(log) || (PROOF_SENT.test(log) && !timedOut);
  return { outcome: refused ? 'refused' : 'unreachable', detail };
}

function lastError(log: string): string {
  const errors = [
    ...log.matchAll(/(ERRCONNECT_\w+|failed to open display|Authentication only, exit status \d+)/g),
  ];
  const code = errors.find(([text]) => text.startsWith('ERRCONNECT'));
  return (code ?? errors[0])?.[0] ?? 'xfreerdp said nothing';
}
