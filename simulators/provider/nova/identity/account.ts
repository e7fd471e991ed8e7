import type { Random } from '../../random';

/** The one customer of the simulated cloud, with one project. */
export interface Account {
  readonly userId: string;
  readonly username: string;
  readonly password: string;
  /** For the RAX-KSKEY:apiKeyCredentials of the Rackspace dialect. */
  readonly apiKey: string;
  readonly projectId: string;
  readonly project: string;
}

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function makeAccount(random: Random): Account {
  const identifier = () => random.uuid().replaceAll('-', '');
  return {
    userId: identifier(),
    username: 'nadia',
    password: random.text(16, LETTERS_AND_DIGITS),
    apiKey: identifier(),
    projectId: identifier(),
    project: 'rescue-lab',
  };
}
