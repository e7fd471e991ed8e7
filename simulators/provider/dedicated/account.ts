import { SecretText } from '../secret-text';

/** A customer's account ("nichandle"). Field names as in the API's `GET /me`. */
export interface Account {
  readonly nichandle: string;
  email: string;
  spareEmail: string | null;
  readonly firstname: string;
  readonly name: string;
  /** Locale such as `en_GB`; mails are written in its language (en, fr or de). */
  language: string;
  readonly country: string;
  readonly ovhSubsidiary: string;
  /** What the customer types to log in at the control panel. */
  readonly password: SecretText;
}

export interface AccountDescription extends Partial<Omit<Account, 'password'>> {
  readonly password?: string;
}

/** The account of a lab that says nothing about accounts. */
export function createAccount({ password, ...description }: AccountDescription = {}): Account {
  return {
    nichandle: 'xx1111-ovh',
    email: 'customer@example.com',
    spareEmail: null,
    firstname: 'Ada',
    name: 'Customer',
    language: 'en_GB',
    country: 'GB',
    ovhSubsidiary: 'GB',
    ...description,
    password: new SecretText(password ?? 'rescue lab customer'),
  };
}

export type MailLanguage = 'en' | 'fr' | 'de';

/** The language that the provider writes to this customer in; English where it has no translation. */
export function mailLanguage(account: Account): MailLanguage {
  const language = account.language.slice(0, 2).toLowerCase();
  return language === 'fr' || language === 'de' ? language : 'en';
}
