/** Every tag that a feature file may carry, and what it says. A tag ending in `:` takes a value. */
export const KNOWN_TAGS: Readonly<Record<string, string>> = {
  '@journey': 'walks a guide from its first line to its last; may be long and take several turns',
  '@main-journey': 'the journey of `npm start`',
  '@ovh': 'at the ovh provider',
  '@nova': 'at the nova provider',
  '@rackspace': "at the nova provider, in Rackspace's dialect",
  '@api': 'needs no machine, only the provider',
  '@clients': "runs other people's clients: a second or more for each command",
  '@vm': 'boots or forks machines',
  '@cold': 'takes no waypoint: boots everything from power-on',
  '@long': 'in the long set: left out of a run that chooses nothing by itself',
  '@nested': 'waits for a machine inside a machine',
  '@windows': 'needs a real Windows image',
  '@gate': 'may stop a release',
  '@ssh': 'logs in over SSH',
  '@rdp': 'logs in over RDP',
  '@kvm': 'uses the KVM console: picture and keys',
  '@bcd': 'boot configuration data',
  '@ldm': 'dynamic disks',
  '@accounts': 'Windows accounts and passwords',
  '@firewall': 'Windows firewall',
  '@panel': 'uses the control panel in a browser',
  '@mail': 'reads the rescue mail',
  '@guide:': 'covers a step of a guide: @guide:<slug>#<step>',
};

export function isKnownTag(tag: string): boolean {
  const colon = tag.indexOf(':');
  if (colon === -1) return Object.hasOwn(KNOWN_TAGS, tag);
  return colon < tag.length - 1 && Object.hasOwn(KNOWN_TAGS, tag.slice(0, colon + 1));
}
