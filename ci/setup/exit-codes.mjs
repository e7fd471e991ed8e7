/**
 * What the commands of this repository exit with. `rescue-lab --help` prints this table.
 * @type {Readonly<Record<'ok'|'failed'|'usage'|'packages'|'offline'|'resources'|'node'|'setup'|'port'|'interrupted'|'terminated', number>>}
 */
export const ExitCode = Object.freeze({
  ok: 0,
  failed: 1,
  usage: 2,
  packages: 10,
  offline: 11,
  resources: 12,
  node: 13,
  setup: 14,
  port: 15,
  interrupted: 130,
  terminated: 143,
});

/** @type {ReadonlyArray<readonly [number, string]>} */
export const EXIT_CODE_TABLE = [
  [ExitCode.ok, 'all is well; every test passed or was skipped with a reason'],
  [
    ExitCode.failed,
    'a test failed, was undefined, ambiguous or pending, or nothing ran; or the command could not do its work',
  ],
  [ExitCode.usage, 'the command line was not understood'],
  [ExitCode.packages, 'Debian packages are missing and may not be installed from here'],
  [ExitCode.offline, 'a package registry could not be reached'],
  [ExitCode.resources, 'too little free disk or memory'],
  [ExitCode.node, 'Node.js 24 could not be put in place'],
  [ExitCode.setup, 'another step of the set-up failed'],
  [ExitCode.port, 'an address or port that is needed is taken'],
  [ExitCode.interrupted, 'stopped by Ctrl-C'],
  [ExitCode.terminated, 'stopped by SIGTERM'],
];
