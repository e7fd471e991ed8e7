/** Integer elements that bcdedit prints as words, by element name; from Microsoft's BCD settings reference. */
const words: Readonly<Record<string, readonly string[]>> = {
  nx: ['OptIn', 'OptOut', 'AlwaysOff', 'AlwaysOn'],
  pae: ['Default', 'ForceEnable', 'ForceDisable'],
  safeboot: ['Minimal', 'Network', 'DsRepair'],
  bootmenupolicy: ['Legacy', 'Standard'],
  bootstatuspolicy: [
    'DisplayAllFailures',
    'IgnoreAllFailures',
    'IgnoreShutdownFailures',
    'IgnoreBootFailures',
    'IgnoreCheckpointFailures',
    'DisplayShutdownFailures',
    'DisplayBootFailures',
    'DisplayCheckpointFailures',
  ],
  debugtype: ['Serial', '1394', 'USB', 'Net', 'Local'],
  hypervisordebugtype: ['Serial', '1394', 'None', 'Net'],
  hypervisorlaunchtype: ['Off', 'Auto'],
  driverloadfailurepolicy: ['Fatal', 'UseErrorControl'],
  configaccesspolicy: ['Default', 'DisallowMmConfig'],
  firstmegabytepolicy: ['UseNone', 'UseAll', 'UsePrivate'],
  msi: ['Default', 'ForceDisable'],
  graphicsresolution: ['1024x768', '800x600', '1024x600'],
  displaymessage: messages(),
  displaymessageoverride: messages(),
};

function messages(): readonly string[] {
  return [
    'Default',
    'Resume',
    'HyperV',
    'Recovery',
    'StartupRepair',
    'SystemImageRecovery',
    'CommandPrompt',
    'SystemRestore',
    'PushButtonReset',
  ];
}

// Addresses, printed in hexadecimal (general knowledge).
const addresses = new Set([
  'truncatememory',
  'debugaddress',
  'avoidlowmemory',
  'relocatephysical',
  'keyringaddress',
]);

/** An integer element's value as text: a word, a hexadecimal address or a decimal number. */
export function integerText(element: string, value: bigint): string {
  const word = words[element]?.[Number(value)];
  if (word !== undefined) return word;
  return addresses.has(element) ? `0x${value.toString(16)}` : value.toString();
}

/** Reads a word of the element, `0x...` or a decimal number; undefined for anything else. */
export function parseInteger(element: string, text: string): bigint | undefined {
  const index = words[element]?.findIndex((word) => word.toLowerCase() === text.toLowerCase()) ?? -1;
  if (index >= 0) return BigInt(index);
  return /^(0x[0-9a-f]{1,16}|\d{1,19})$/i.test(text) ? BigInt(text) : undefined;
}
