export { describeProviderLab, novaAddresses, ovhAddresses } from './addresses';
export { addControl } from './control';
export { DEFAULT_SERVERS } from './default-servers';
export { ProviderLab, type ProviderLabOptions } from './provider-lab';
