import { applicationOf } from './authenticate';
import { callerOf, dateTime, type OvhRoutes } from './call';

/** `/auth`: who calls, and what for. */
export const authRoutes: OvhRoutes<
  | 'GET /auth/time'
  | 'POST /auth/credential'
  | 'GET /auth/currentCredential'
  | 'GET /auth/details'
  | 'POST /auth/logout'
> = {
  'GET /auth/time': ({ provider }) => Math.floor(provider.clock.now() / 1000),
  'POST /auth/credential': ({ request, url, credentials, body }) => {
    const { accessRules, redirection, allowedIPs } = body;
    const credential = credentials.request(applicationOf(request, credentials), accessRules, {
      redirection: redirection ?? undefined,
      allowedIPs: allowedIPs ?? undefined,
    });
    return {
      consumerKey: credential.consumerKey,
      state: credential.status,
      validationUrl: `${url.origin}/auth/?credentialToken=${credential.token}`,
    };
  },
  'GET /auth/currentCredential': (call) => {
    const { credential } = callerOf(call);
    return {
      credentialId: credential.credentialId,
      applicationId: credential.application.applicationId,
      status: credential.status,
      rules: credential.rules,
      creation: dateTime(credential.creation),
      expiration: credential.expiration === null ? null : dateTime(credential.expiration),
      lastUse: credential.lastUse === null ? null : dateTime(credential.lastUse),
      allowedIPs: credential.allowedIPs ?? null,
      ovhSupport: false,
    };
  },
  'GET /auth/details': (call) => {
    const { nichandle, credential, method } = callerOf(call);
    return {
      account: nichandle,
      allowedRoutes: method === 'oauth2' ? null : credential.rules,
      description: null,
      identities: [`urn:v1:${call.provider.region.toLowerCase()}:identity:account:${nichandle}`],
      method,
      roles: [],
      user: null,
    };
  },
  'POST /auth/logout': (call) => {
    call.credentials.expire(callerOf(call).credential);
  },
};
