import type { Clock } from '../clock';
import type { SendLetter } from '../mail';
import type { Random } from '../random';
import type { SecretOptions } from '../secrets';
import type { Account } from './account';
import type { Region } from './boot-list';
import type { ConsoleUrl } from './console-access';
import type { ServerDescription } from './server';
import type { TaskPace } from './task';
import type { WindowsRescueRule } from './windows-rescue-rule';

export interface DedicatedProviderOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly accounts: readonly { readonly account: Account; readonly servers: readonly ServerDescription[] }[];
  readonly sendLetter: SendLetter;
  /** The page that shows a secret, for the mails. */
  readonly secretLink: (id: string) => string;
  readonly secrets?: Partial<SecretOptions>;
  /** Milliseconds of lab time that a task stays in todo and in init. */
  readonly pace?: TaskPace;
  readonly windowsRescue?: Partial<WindowsRescueRule>;
  /** Milliseconds of lab time after which a rescue boot without a sign of life has failed. */
  readonly bootDeadline?: number;
  readonly consoleUrl?: ConsoleUrl;
  readonly region?: Region;
  /** Milliseconds of lab time from the end of a task until nobody knows it any more. */
  readonly taskRetention?: number;
  /** Milliseconds of lab time that a monitored server may be silent after a restart. */
  readonly monitoringPatience?: number;
  /**
   * Milliseconds of lab time for which `rescueMail` and `rootDevice` are still read as before a change. Clients report
   * that these two are not updated consistently; for how long is not known. Default: 0.
   */
  readonly staleReads?: number;
  /**
   * What a second job of the same kind on a server is answered while the first runs. Refusals are documented for
   * another call only, so `refused`, the default, is assumed.
   */
  readonly secondTask?: 'refused' | 'accepted';
  /** Whether `authenticationSecret` lists the logins of a Windows rescue system: assumed; default `listed`. */
  readonly windowsLogins?: 'listed' | 'absent';
}
