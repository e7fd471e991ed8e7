import { NoSuchPage, type PanelCall } from '../panel-call';
import { page } from '../render';

/** `/emails`: what the provider wrote to the customer; the same texts as in the mailbox. */
export async function mailsPage(call: PanelCall): Promise<Response> {
  const { dedicated, t } = call.context;
  if (dedicated === undefined) {
    throw new NoSuchPage('This account has no service emails.');
  }
  return page(call, 'mails', { title: t.serviceEmails, mails: await dedicated.mails() });
}

export async function mailPage(call: PanelCall): Promise<Response> {
  const { dedicated } = call.context;
  if (dedicated === undefined) {
    throw new NoSuchPage('This account has no service emails.');
  }
  const mail = await dedicated.mail(Number(call.parameters['id']));
  return page(call, 'mail', { title: mail.subject, mail, parts: withLinks(mail.body) });
}

/** The text in parts, web addresses apart from the rest. */
function withLinks(text: string): { text: string; link: boolean }[] {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) => ({ text: part, link: index % 2 === 1 }));
}
