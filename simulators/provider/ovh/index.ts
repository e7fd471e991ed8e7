export { createOvhApi, type OvhApi, type OvhApiOptions } from './api';
export { OvhApiError, type OvhClient, type OvhClientOptions, ovhClient } from './client';
export { type AccessRule, EVERYTHING } from './credentials';
export type { EmptyAnswer } from './empty-answer';
export type { ErrorDialect } from './errors';
export { TOKEN_PATH } from './oauth2';
export { REGIONS } from './region';
