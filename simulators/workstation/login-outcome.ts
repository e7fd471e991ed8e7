/**
 * What became of an attempt to log in. `refused`: the server was asked and did not take the user name and password.
 * `unreachable`: it never came to that. The detail is what the client program said, without secrets.
 */
export type LoginOutcome =
  | { readonly outcome: 'accepted' }
  | { readonly outcome: 'refused' | 'unreachable'; readonly detail: string };

/** Whom to log in as, and where. */
export interface LoginTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}
