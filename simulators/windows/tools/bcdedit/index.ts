export { bcdedit } from './bcdedit';
export { deviceText } from './device-text';
