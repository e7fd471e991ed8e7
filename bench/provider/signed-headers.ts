import { createHash } from 'node:crypto';
import type { OvhProvider } from '../../simulators/provider';

/** The headers of a signed GET of `url`. */
export function signedHeaders(
  { applicationKey, applicationSecret, consumerKey, clock }: OvhProvider,
  url: string,
): Record<string, string> {
  const timestamp = String(Math.floor(clock.now() / 1000));
  const text = [applicationSecret, consumerKey, 'GET', url, '', timestamp].join('+');
  return {
    'x-ovh-application': applicationKey,
    'x-ovh-consumer': consumerKey,
    'x-ovh-timestamp': timestamp,
    'x-ovh-signature': `$1$${createHash('sha1').update(text).digest('hex')}`,
  };
}
