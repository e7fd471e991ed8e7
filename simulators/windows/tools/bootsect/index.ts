export { bootsect } from './bootsect';
