export type { AccountSecret, Accounts } from './accounts';
export { SamAccounts } from './sam-accounts';
export {
  type GuestMachine,
  type GuestPart,
  type GuestServices,
  type RunningGuest,
  startGuest,
} from './start-guest';
