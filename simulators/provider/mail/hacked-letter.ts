import type { MailLanguage } from '../dedicated/account';
import { renderHtml } from '../http';
import type { Letter } from './letter';

// The provider's mail about a hacked server is not published in full: the wording is ours.
const WORDINGS: Record<
  MailLanguage,
  { subject: (server: string) => string; text: (server: string) => string }
> = {
  en: {
    subject: (server) => `[${server}] Your server was hacked`,
    text: (server) =>
      `Attacks came from your server ${server}. It was put into rescue mode: save your data and reinstall it.`,
  },
  fr: {
    subject: (server) => `[${server}] Votre serveur a été piraté`,
    text: (server) =>
      `Des attaques provenaient de votre serveur ${server}. Il a été mis en mode rescue : sauvegardez vos données et réinstallez-le.`,
  },
  de: {
    subject: (server) => `[${server}] Ihr Server wurde gehackt`,
    text: (server) =>
      `Von Ihrem Server ${server} gingen Angriffe aus. Er ist jetzt im Rescue-Modus: Sichern Sie Ihre Daten und installieren Sie ihn neu.`,
  },
};

/** The mail that tells a customer that the provider took a hacked server out of service. */
export function hackedLetter(to: string, language: MailLanguage, server: string): Letter {
  const { subject, text } = WORDINGS[language];
  return {
    to,
    language,
    subject: subject(server),
    text: `${text(server)}\n`,
    html: renderHtml('<p><%= it.text %></p>', { text: text(server) }),
  };
}
