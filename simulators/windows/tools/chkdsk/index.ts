export { chkdsk } from './chkdsk';
