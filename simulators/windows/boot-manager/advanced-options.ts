import type { BootEra } from './boot-era';

/** Names of the choices behind F8, with a blank line where the list has one; the last starts Windows as always. */
const OPTIONS_61 = [
  'Safe Mode',
  'Safe Mode with Networking',
  'Safe Mode with Command Prompt',
  '',
  'Enable Boot Logging',
  'Enable low-resolution video (640x480)',
  'Last Known Good Configuration (advanced)',
  'Directory Services Restore Mode',
  'Debugging Mode',
  'Disable automatic restart on system failure',
  'Disable Driver Signature Enforcement',
  '',
  'Start Windows Normally',
] as const;

const OPTIONS_62 = [
  'Safe Mode',
  'Safe Mode with Networking',
  'Safe Mode with Command Prompt',
  '',
  'Enable Boot Logging',
  'Enable low-resolution video',
  'Last Known Good Configuration (advanced)',
  'Directory Services Repair Mode',
  'Debugging Mode',
  'Disable automatic restart on system failure',
  'Disable Driver Signature Enforcement',
  'Disable Early Launch Anti-Malware Driver',
  '',
  'Start Windows Normally',
] as const;

const OPTIONS_52 = [
  'Safe Mode',
  'Safe Mode with Networking',
  'Safe Mode with Command Prompt',
  '',
  'Enable Boot Logging',
  'Enable VGA Mode',
  'Last Known Good Configuration (your most recent settings that worked)',
  'Directory Services Restore Mode (Windows domain controllers only)',
  'Debugging Mode',
  'Disable automatic restart on system failure',
  '',
  'Start Windows Normally',
] as const;

/**
 * What the advanced boot options offer, in their order; '' is a gap. Names as Windows shows them (general knowledge). The
 * entry that opens the recovery environment is left out: there is none.
 */
export const ADVANCED_OPTIONS: Readonly<Record<BootEra, readonly string[]>> = {
  'windows-5.2': OPTIONS_52,
  'windows-6.1': OPTIONS_61,
  'windows-6.2+': OPTIONS_62,
};
