export { netsh } from './netsh';
