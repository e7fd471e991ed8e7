export { reg } from './reg';
