import type { Router } from '../http';
import { calledNumber, dateTime, type SignedCall } from './call';

export function meRoutes(router: Router<SignedCall['context']>): void {
  router
    .get('/me', ({ context }) => {
      const account = context.provider.account(context.caller.nichandle);
      return Response.json({
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
      });
    })
    .get('/me/notification/email/history', ({ context }) =>
      Response.json(context.provider.mails.list(context.caller.nichandle).map(({ id }) => id)),
    )
    .get('/me/notification/email/history/{id}', (call) => {
      const { context } = call;
      const mail = context.provider.mails.get(context.caller.nichandle, calledNumber(call, 'id'));
      return Response.json({
        id: mail.id,
        date: dateTime(mail.date),
        subject: mail.subject,
        body: mail.body,
      });
    });
}
