export { createOvhApi, type OvhApi, type OvhApiOptions } from './api';
export { OvhApiError, type OvhClient, type OvhClientOptions, ovhClient } from './client';
export { EVERYTHING } from './credentials';
export type { ErrorDialect } from './errors';
