import { createTransport } from 'nodemailer';
import type { SendLetter } from './letter';

/** A mail server to hand mails to, without TLS or login: it listens on loopback. */
export interface SmtpAddress {
  readonly host: string;
  readonly port: number;
}

/** Sends letters as multipart MIME (text and HTML) to the mail server at `smtp`. */
export function smtpMailer(smtp: SmtpAddress, from = 'OVHcloud support <support@ovh.example>'): SendLetter {
  return async ({ to, subject, text, html, language }) => {
    const transport = createTransport({
      ...smtp,
      secure: false,
      ignoreTLS: true,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 30_000,
    });
    try {
      await transport.sendMail({ from, to, subject, text, html, headers: { 'Content-Language': language } });
    } finally {
      transport.close();
    }
  };
}
