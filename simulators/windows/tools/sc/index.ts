export { sc } from './sc';
