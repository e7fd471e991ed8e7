import { checkState } from '../compute/check-state';
import { refuse } from '../compute/refusal';
import type { RuleName } from '../compute/rules';
import type { Action } from './action';
import type { RunAction } from './call';
import { crashDumpBody, resizeBody } from './schemas/actions';

/** Nova would go on here; in a state in which it would not, a rescue above all, it is refused as Nova refuses it. */
const notServed =
  (rule: RuleName): RunAction =>
  ({ context: { actor }, instance }) => {
    checkState(instance, rule, actor);
    throw refuse.notImplemented(`The simulated compute service does not carry out the action ${rule}.`);
  };

/** The operator's, which nobody is by default. */
const operators = (policy: string): Action => ({
  policy,
  right: 'admin',
  run: () => {
    throw refuse.notImplemented('The simulated compute service has one host only.');
  },
});

/** Actions of Nova that this service does not carry out. */
export const UNSERVED_ACTIONS: Readonly<Record<string, Action>> = {
  resize: { policy: 'servers:resize', body: resizeBody, run: notServed('resize') },
  confirmResize: { policy: 'servers:confirm_resize', run: notServed('confirmResize') },
  revertResize: { policy: 'servers:revert_resize', run: notServed('revertResize') },
  createBackup: { policy: 'os-create-backup', run: notServed('createBackup') },
  shelve: { policy: 'os-shelve:shelve', run: notServed('shelve') },
  unshelve: { policy: 'os-shelve:unshelve', run: notServed('unshelve') },
  restore: { policy: 'os-deferred-delete:restore', run: notServed('restore') },
  trigger_crash_dump: {
    policy: 'servers:trigger_crash_dump',
    since: 17,
    body: crashDumpBody,
    run: notServed('trigger_crash_dump'),
  },
  addFloatingIp: { policy: 'os-floating-ips:add', until: 43, run: notServed('securityGroup') },
  removeFloatingIp: { policy: 'os-floating-ips:remove', until: 43, run: notServed('securityGroup') },
  shelveOffload: operators('os-shelve:shelve_offload'),
  migrate: operators('os-migrate-server:migrate'),
  'os-migrateLive': operators('os-migrate-server:migrate_live'),
  evacuate: operators('os-evacuate'),
  injectNetworkInfo: operators('os-admin-actions:inject_network_info'),
};
