export const ExitCode: Readonly<
  Record<
    | 'ok'
    | 'failed'
    | 'usage'
    | 'packages'
    | 'offline'
    | 'resources'
    | 'node'
    | 'setup'
    | 'port'
    | 'interrupted'
    | 'terminated',
    number
  >
>;
export const EXIT_CODE_TABLE: ReadonlyArray<readonly [number, string]>;
