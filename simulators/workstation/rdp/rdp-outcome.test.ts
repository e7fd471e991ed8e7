import { expect, test } from 'vitest';
import { rdpOutcome } from './rdp-outcome';

/** Lines as FreeRDP 2.11 writes them. */
const NEGOTIATING = '[DEBUG][com.freerdp.core.nego] - RequestedProtocols: 3';
const PROOF = '[DEBUG][com.winpr.sspi.NTLM] - change state from NTLM_STATE_AUTHENTICATE to NTLM_STATE_FINAL';
const TRANSPORT =
  '[ERROR][com.freerdp.core] - freerdp_set_last_error_ex ERRCONNECT_CONNECT_TRANSPORT_FAILED [0x0002000D]';
const LOGON = '[ERROR][com.freerdp.core] - freerdp_set_last_error_ex ERRCONNECT_LOGON_FAILURE [0x00020014]';

test('exit code 0 is a login', () => {
  expect(rdpOutcome(0, PROOF, false)).toEqual({ outcome: 'accepted' });
});

test('the same exit code and error mean a refusal only after the proof of the password was sent', () => {
  const refused = { outcome: 'refused', detail: 'ERRCONNECT_CONNECT_TRANSPORT_FAILED' };
  expect(rdpOutcome(147, `${NEGOTIATING}\n${PROOF}\n${TRANSPORT}`, false)).toEqual(refused);
  expect(rdpOutcome(147, `${NEGOTIATING}\n${TRANSPORT}`, false)).toEqual({
    ...refused,
    outcome: 'unreachable',
  });
});

test("takes Windows' own word for a refusal", () => {
  expect(rdpOutcome(131, LOGON, false)).toEqual({ outcome: 'refused', detail: 'ERRCONNECT_LOGON_FAILURE' });
});

test('a server that never answers is no refusal', () => {
  expect(rdpOutcome(undefined, PROOF, true)).toEqual({
    outcome: 'unreachable',
    detail: 'no answer to the login in time',
  });
});
