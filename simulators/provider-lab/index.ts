export { describeProviderLab, novaAddresses, ovhAddresses } from './addresses';
export { joinAssumptions, readAssumption } from './assumptions';
export { addControl } from './control';
export { DEFAULT_SERVERS } from './default-servers';
export { ProviderLab, type ProviderLabOptions } from './provider-lab';
