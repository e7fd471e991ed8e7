export { diskpart } from './diskpart';
