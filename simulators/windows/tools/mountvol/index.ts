export { mountvol } from './mountvol';
