export { isObject, misfitOf } from './check-value';
export { describeApi } from './describe-api';
export { iamAction } from './iam-action';
export type { Operation } from './operation';
export { OPERATIONS, type OperationName, operation, operationParts } from './operations';
export { type RequestInput, readRequest } from './read-request';
export type { Model, TypeOf } from './types';
