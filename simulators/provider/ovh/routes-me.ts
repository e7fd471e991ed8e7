import { callerOf, dateTime, type OvhRoutes } from './call';

/** What an account pays in, by subsidiary; the others pay in euros. */
const CURRENCIES: Readonly<Record<string, { readonly code: string; readonly symbol: string }>> = {
  CA: { code: 'CAD', symbol: '$' },
  GB: { code: 'GBP', symbol: '£' },
  US: { code: 'USD', symbol: '$' },
};

/** What the lab does not know of a customer. */
const UNKNOWN = {
  address: null,
  area: null,
  birthCity: null,
  birthDay: null,
  city: null,
  companyNationalIdentificationNumber: null,
  complementaryAddress: null,
  corporationType: null,
  customerCode: null,
  fax: null,
  italianSDI: null,
  nationalIdentificationNumber: null,
  organisation: null,
  phone: null,
  phoneCountry: null,
  phoneType: null,
  purposeOfPurchase: null,
  sex: null,
  vat: null,
  zip: null,
} as const;

/** The account, and the mails to it. */
export const meRoutes: OvhRoutes<
  'GET /me' | 'GET /me/notification/email/history' | 'GET /me/notification/email/history/{id}'
> = {
  'GET /me': (call) => {
    const account = call.provider.account(callerOf(call).nichandle);
    return {
      ...UNKNOWN,
      nichandle: account.nichandle,
      currency: CURRENCIES[account.ovhSubsidiary] ?? { code: 'EUR', symbol: '€' },
      email: account.email,
      spareEmail: account.spareEmail,
      firstname: account.firstname,
      name: account.name,
      language: account.language,
      country: account.country,
      ovhCompany: 'ovh',
      ovhSubsidiary: account.ovhSubsidiary,
      legalform: 'individual',
      state: 'complete',
      kycValidated: true,
    };
  },
  'GET /me/notification/email/history': (call) =>
    call.provider.mails.list(callerOf(call).nichandle).map(({ id }) => id),
  'GET /me/notification/email/history/{id}': (call) => {
    const { id, date, subject, body } = call.provider.mails.get(callerOf(call).nichandle, call.parameters.id);
    return { id, date: dateTime(date), subject, body };
  },
};
