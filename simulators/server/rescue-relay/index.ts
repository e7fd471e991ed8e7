/** The relay between the server's console and the virtual machine that the rescue system runs; `main.ts` is its program. */
export { type RelayParts, RescueRelay } from './relay';
