export { net } from './net';
