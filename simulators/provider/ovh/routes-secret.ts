import { Refusal } from '../refusal';
import { dateTime, type OvhRoutes } from './call';

/** What the API answers to an id that gives nothing is not published: our choice. */
const REFUSALS = {
  unknown: 'This secret does not exist',
  expired: 'This secret has expired',
  used: 'This secret has already been retrieved',
} as const;

/** `POST /secret/retrieve` needs no authentication: whoever has the id has the secret. */
export const secretRoutes: OvhRoutes<'POST /secret/retrieve'> = {
  'POST /secret/retrieve': ({ provider, body }) => {
    const reading = provider.secrets.read(body.id);
    if (reading.outcome !== 'shown') {
      throw new Refusal('not found', REFUSALS[reading.outcome]);
    }
    return { secret: reading.secret.reveal(), expiration: dateTime(reading.expiration) };
  },
};
