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
  debugstart: ['Active', 'AutoEnable', 'Disable'],
  tscsyncpolicy: ['Default', 'Legacy', 'Enhanced'],
  x2apicpolicy: ['Default', 'Disable', 'Enable'],
  bootux: ['Disabled', 'Basic', 'Standard'],
  debugtype: ['Serial', '1394', 'USB', 'Net', 'Local'],
  hypervisordebugtype: ['Serial', '1394', 'None', 'Net'],
  hypervisorlaunchtype: ['Off', 'Auto'],
  driverloadfailurepolicy: ['Fatal', 'UseErrorControl'],
  configaccesspolicy: ['Default', 'DisallowMmConfig'],
  firstmegabytepolicy: ['UseNone', 'UseAll', 'UsePrivate'],
  msi: ['Default', 'ForceDisable'],
  pciexpress: ['Default', 'ForceDisable'],
  tpmbootentropy: ['Default', 'ForceDisable', 'ForceEnable'],
  vsmlaunchtype: ['Off', 'Auto'],
  integrityservices: ['Default', 'Disable', 'Enable'],
  hypervisoriommupolicy: ['Default', 'Enable', 'Disable'],
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

// IPv4 addresses, the first byte highest (general knowledge).
const hosts = new Set(['hostip', 'hypervisorhostip']);

/** An integer element's value as text: a word, a host's address, a hexadecimal address or a decimal number. */
export function integerText(element: string, value: bigint): string {
  const word = words[element]?.[Number(value)];
  if (word !== undefined) return word;
  if (hosts.has(element) && value <= 0xffffffffn) {
    return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join('.');
  }
  return addresses.has(element) ? `0x${value.toString(16)}` : value.toString();
}

/** Reads a word of the element, a host's address, `0x...` or a decimal number; undefined for anything else. */
export function parseInteger(element: string, text: string): bigint | undefined {
  const index = words[element]?.findIndex((word) => word.toLowerCase() === text.toLowerCase()) ?? -1;
  if (index >= 0) return BigInt(index);
  const bytes = hosts.has(element)
    ? /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1)
    : undefined;
  if (bytes?.every((byte) => Number(byte) < 256)) {
    return bytes.reduce((whole, byte) => whole * 256n + BigInt(byte), 0n);
  }
  return /^(0x[0-9a-f]{1,16}|\d{1,19})$/i.test(text) ? BigInt(text) : undefined;
}
