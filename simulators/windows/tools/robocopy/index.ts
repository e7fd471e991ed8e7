export { robocopy } from './robocopy';
