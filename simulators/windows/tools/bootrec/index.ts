export { bootrec } from './bootrec';
