import { z } from 'zod';
import type { Router } from '../http';
import { applicationOf } from './authenticate';
import { bodyOf, dateTime, done, type OpenCall, type OvhContext, type SignedCall } from './call';

const CREDENTIAL_REQUEST = z.object({
  accessRules: z
    .array(z.object({ method: z.enum(['GET', 'POST', 'PUT', 'DELETE']), path: z.string().startsWith('/') }))
    .min(1),
  redirection: z.url().nullish(),
  allowedIPs: z.array(z.string()).nullish(),
});

/** Calls that need no consumer key. */
export function openAuthRoutes(router: Router<OvhContext>): void {
  router
    .get('/auth/time', ({ context }) => Response.json(Math.floor(context.provider.clock.now() / 1000)))
    .post('/auth/credential', async ({ request, url, context }: OpenCall) => {
      const application = applicationOf(request, context.credentials);
      const { accessRules, redirection } = await bodyOf(request, CREDENTIAL_REQUEST);
      const credential = context.credentials.request(application, accessRules, redirection ?? undefined);
      return Response.json({
        consumerKey: credential.consumerKey,
        state: credential.status,
        validationUrl: `${url.origin}/auth/?credentialToken=${credential.token}`,
      });
    });
}

export function authRoutes(router: Router<SignedCall['context']>): void {
  router
    .get('/auth/currentCredential', ({ context }) => {
      const { credential } = context.caller;
      return Response.json({
        credentialId: credential.credentialId,
        applicationId: credential.application.applicationId,
        status: credential.status,
        rules: credential.rules,
        creation: dateTime(credential.creation),
        expiration: credential.expiration === null ? null : dateTime(credential.expiration),
        lastUse: credential.lastUse === null ? null : dateTime(credential.lastUse),
        allowedIPs: null,
        ovhSupport: false,
      });
    })
    .get('/auth/details', ({ context }) =>
      Response.json({
        account: context.caller.nichandle,
        allowedRoutes: context.caller.credential.rules,
        description: null,
        identities: [`urn:v1:eu:identity:account:${context.caller.nichandle}`],
        method: 'account',
        roles: [],
        user: null,
      }),
    )
    .post('/auth/logout', ({ context }) => {
      context.caller.credential.status = 'expired';
      return done();
    });
}
