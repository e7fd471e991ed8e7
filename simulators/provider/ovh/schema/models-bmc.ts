/** The models of the BMC, written as those of `models.ts`. From the provider's published schema. */
export const BMC_MODELS = {
  'dedicated.server.BMC': {
    available: 'boolean!',
    supportedFeatures: 'dedicated.server.BmcSupportedFeatures!',
  },
  'dedicated.server.BmcJavaKvmValue': { expirationDate: 'datetime', jnlp: 'string' },
  'dedicated.server.BmcSshSolValue': { expirationDate: 'datetime', uri: 'string' },
  'dedicated.server.BmcSupportedFeatures': {
    javaKvm: 'boolean',
    sshSol: 'boolean',
    testPassword: 'boolean',
    testPing: 'boolean',
    testWeb: 'boolean',
    webKvm: 'boolean',
    webSol: 'boolean',
  },
  'dedicated.server.BmcTestResult': { expirationDate: 'datetime', message: 'string?', status: 'boolean' },
  'dedicated.server.BmcWebKvmValue': { expirationDate: 'datetime', url: 'string' },
  'dedicated.server.BmcWebSolValue': { expirationDate: 'datetime', url: 'string' },
  'dedicated.server.Operation': {
    comment: 'string?!',
    doneDate: 'datetime?!',
    function: 'dedicated.OperationFunctionEnum!',
    lastUpdate: 'datetime?!',
    operationId: 'string!',
    startDate: 'datetime!',
    status: 'dedicated.TaskStatusEnum!',
  },
} as const;
