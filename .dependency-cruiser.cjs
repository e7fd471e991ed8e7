/** The import boundaries of docs/architecture.md: features -> steps -> simulators -> (vm, disk). */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'steps-use-doors-only',
      comment: 'Steps are glue: processes, HTTP mocks and sockets belong to the simulators.',
      severity: 'error',
      from: { path: '^steps/' },
      to: { path: ['node_modules/(execa|msw|testcontainers)/', '^(node:)?(net|child_process|dgram|tls)$'] },
    },
    {
      name: 'codecs-are-pure',
      comment:
        'simulators/disk holds codecs without I/O: they run in Node.js, in QuickJS and in tests alike.',
      severity: 'error',
      from: { path: '^simulators/disk/', pathNot: ['\\.test\\.ts$', '^simulators/disk/(testing|bench)/'] },
      to: { pathNot: ['^simulators/disk/'] },
    },
    {
      name: 'vm-knows-no-domain',
      severity: 'error',
      from: { path: '^simulators/vm/' },
      to: {
        path: '^(simulators/(provider|server|windows|workstation|disk)|steps|features|images|ci|guides)/',
      },
    },
    {
      name: 'provider-knows-no-machine',
      comment: 'The provider drives servers through the PhysicalServer interface, so it also runs with none.',
      severity: 'error',
      from: { path: '^simulators/provider/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(simulators/(vm|server|windows|workstation)|steps|features|images|ci|guides)/' },
    },
    {
      name: 'simulators-do-not-look-up',
      severity: 'error',
      from: { path: '^simulators/' },
      to: { path: '^(steps|features|ci|guides|bench)/' },
    },
    {
      name: 'nothing-imports-ci-or-guides',
      severity: 'error',
      from: { pathNot: '^(ci|guides|bench)/' },
      to: { path: '^(ci|guides)/' },
    },
    {
      name: 'not-to-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^quickjs-(std|os)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
