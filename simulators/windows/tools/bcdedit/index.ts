export { bcdedit } from './bcdedit';
