export { secretPage } from './secret-page';
export { type SecretOptions, type SecretReading, SecretStore } from './secret-store';
