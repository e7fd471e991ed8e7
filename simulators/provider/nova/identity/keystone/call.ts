import type { Identity } from '../identity';
import type { Token } from '../tokens';

/** One call of the identity service that a token came with. */
export interface KeystoneCall {
  readonly request: Request;
  readonly url: URL;
  readonly origin: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly identity: Identity;
  readonly token: Token;
}
