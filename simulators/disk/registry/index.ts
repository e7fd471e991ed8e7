export { addClassicFirewall } from './classic-firewall';
export { chooseControlSet, confirmControlSet, currentControlSet } from './control-set';
export { type Firewall, firewallOf } from './firewall-of';
export {
  changeFirewallProfile,
  deleteFirewallRule,
  FIREWALL_PROFILES,
  type FirewallProfile,
  type FirewallProfileChange,
  type FirewallProfileSettings,
  firewallProfile,
  firewallRules,
  profilesOfRule,
  putFirewallRule,
  type StoredFirewallRule,
} from './firewall-policy';
export {
  type FirewallField,
  type FirewallRule,
  formatFirewallRule,
  parseFirewallRule,
  ruleField,
  ruleFields,
  withRuleField,
} from './firewall-rule';
export {
  ACTIVE_PROFILE,
  type InboundEndpoint,
  type InboundPolicy,
  isOpen,
  OPEN,
} from './inbound-policy';
export {
  decodeMountedData,
  encodeMountedData,
  encodeMountedLocation,
  type MountedData,
  type MountedDevice,
  type MountedEntry,
  type MountedLocation,
  type MountedName,
  parseMountedName,
  readMountedDevices,
  removeMountedLetter,
  setMountedDevice,
} from './mounted-devices';
export { RegistryValueError, type ValuePlace } from './registry-value-error';
export { prefixedNetwork, type RemoteAddresses, type RemoteNames } from './remote-addresses';
export { allowRemoteDesktop, type RemoteDesktop, remoteDesktopOf } from './remote-desktop';
export {
  changeService,
  findService,
  listServices,
  type ServiceChange,
  type ServiceRecord,
  ServiceStart,
  ServiceType,
} from './services';
export { addStandardFirewall } from './standard-firewall';
export { addStandardServices, STANDARD_SERVICES } from './standard-services';
export {
  activateNames,
  computerNameOf,
  limitBlankPasswordsOf,
  oemCodePageOf,
  primaryDiskGroupOf,
  SanPolicyCode,
  sanPolicyOf,
  setComputerName,
  setPrimaryDiskGroup,
  setSanPolicy,
  type WindowsVersion,
  windowsVersionOf,
} from './system-facts';
