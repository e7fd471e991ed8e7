/** What a boot has come to when the line is the last of these on the serial line: in the order of a boot. */
const phases: readonly (readonly [line: RegExp, phase: string])[] = [
  [/rescue-customer: fetching/, 'images over the network'],
  [/rescue-customer: starting/, 'nested machine'],
  [/standin: the boot manager's Linux runs/, 'boot manager'],
  [/(?:Boot Manager|NTLDR): starting/, 'start of Windows'],
  [/standin: userland starts/, 'start of Windows'],
  [/standin: servers are listening/, 'password from the provider'],
];

/** The part of a boot that a server is in, by what it has printed on its serial line since it was switched on. */
export function bootPhase(printed: string): string {
  return phases.findLast(([line]) => line.test(printed))?.[1] ?? 'firmware and boot code';
}
