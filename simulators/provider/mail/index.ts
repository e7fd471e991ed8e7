export { hackedLetter } from './hacked-letter';
export { Inbox, type ReceivedMail } from './inbox';
export { inboxPages } from './inbox-page';
export type { SendLetter } from './letter';
export { MailHistory, type MailRecord } from './mail-history';
export { type SmtpAddress, smtpMailer } from './mailer';
export { rescueLetter } from './rescue-letter';
export { receiveMail } from './smtp-receiver';
