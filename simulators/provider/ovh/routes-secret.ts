import { z } from 'zod';
import type { Router } from '../http';
import { Refusal } from '../refusal';
import { bodyOf, dateTime, type OvhContext } from './call';

const RETRIEVAL = z.object({ id: z.string() });

/** What the API answers to an id that gives nothing is not published: our choice. */
const REFUSALS = {
  unknown: 'This secret does not exist',
  expired: 'This secret has expired',
  used: 'This secret has already been retrieved',
} as const;

/** `POST /secret/retrieve` needs no authentication: whoever has the id has the secret. */
export function secretRoutes(router: Router<OvhContext>): void {
  router.post('/secret/retrieve', async ({ request, context }) => {
    const { id } = await bodyOf(request, RETRIEVAL);
    const reading = context.provider.secrets.read(id);
    if (reading.outcome !== 'shown') {
      throw new Refusal('not found', REFUSALS[reading.outcome]);
    }
    return Response.json(
      { secret: reading.secret.reveal(), expiration: dateTime(reading.expiration) },
      { headers: { 'cache-control': 'no-store' } },
    );
  });
}
