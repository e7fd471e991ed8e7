import { callerOf, dateTime, type OvhRoutes } from './call';

/** The account, and the mails to it. */
export const meRoutes: OvhRoutes<
  'GET /me' | 'GET /me/notification/email/history' | 'GET /me/notification/email/history/{id}'
> = {
  'GET /me': (call) => {
    const account = call.provider.account(callerOf(call).nichandle);
    return {
      nichandle: account.nichandle,
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
