import type { MailLanguage } from '../dedicated/account';
import { renderHtml } from '../http';
import type { Letter } from './letter';

/** What the mail about a rescue boot tells. */
export interface RescueFacts {
  readonly server: string;
  readonly ip: string;
  readonly user: string;
  readonly windows: boolean;
  /** The page that shows the password; undefined where the customer's SSH key takes its place. */
  readonly link: string | undefined;
}

interface Wording {
  readonly subject: (server: string) => string;
  readonly started: (server: string) => string;
  readonly login: (windows: boolean) => string;
  readonly address: string;
  readonly user: string;
  readonly password: string;
  readonly key: string;
  readonly after: string;
}

// No copy of the provider's present mail is published: the wording is ours. Published facts that it follows: it
// is written in the account's language, it comes once the rescue system runs, and it carries a link to the
// password instead of the password.
const WORDINGS: Record<MailLanguage, Wording> = {
  en: {
    subject: (server) => `[${server}] Your server is in rescue mode`,
    started: (server) => `Your server ${server} has started its rescue system.`,
    login: (windows) => `You can log in by ${windows ? 'Remote Desktop, SSH or the KVM console' : 'SSH'}:`,
    address: 'Address',
    user: 'User name',
    password: 'Password (open this link)',
    key: 'Your SSH key is accepted; there is no password.',
    after: 'When you have finished, set the netboot back to the hard disk and restart the server.',
  },
  fr: {
    subject: (server) => `[${server}] Votre serveur est en mode rescue`,
    started: (server) => `Votre serveur ${server} a démarré son système de secours.`,
    login: (windows) =>
      `Vous pouvez vous y connecter par ${windows ? 'Bureau à distance, SSH ou la console KVM' : 'SSH'} :`,
    address: 'Adresse',
    user: "Nom d'utilisateur",
    password: 'Mot de passe (ouvrez ce lien)',
    key: "Votre clé SSH est acceptée ; il n'y a pas de mot de passe.",
    after: 'Une fois terminé, remettez le netboot sur le disque dur, puis redémarrez le serveur.',
  },
  de: {
    subject: (server) => `[${server}] Ihr Server ist im Rescue-Modus`,
    started: (server) => `Ihr Server ${server} hat sein Rescue-System gestartet.`,
    login: (windows) =>
      `Die Anmeldung geht über ${windows ? 'Remotedesktop, SSH oder die KVM-Konsole' : 'SSH'}:`,
    address: 'Adresse',
    user: 'Benutzername',
    password: 'Passwort (diesen Link öffnen)',
    key: 'Ihr SSH-Schlüssel wird angenommen; es gibt kein Passwort.',
    after: 'Stellen Sie danach den Netboot zurück auf die Festplatte und starten Sie den Server neu.',
  },
};

const HTML = `<p><%= it.started %></p><p><%= it.login %></p>
<table><% for (const [label, value] of it.rows) { %><tr><th align="left"><%= label %></th><td><%= value %></td></tr>
<% } %><% if (it.link) { %><tr><th align="left"><%= it.wording.password %></th><td><a href="<%= it.link %>"><%= it.link %></a></td></tr><% } %>
</table><% if (!it.link) { %><p><%= it.wording.key %></p><% } %><p><%= it.wording.after %></p>`;

/** The mail that tells a customer how to log in to the rescue system. */
export function rescueLetter(to: string, language: MailLanguage, facts: RescueFacts): Letter {
  const wording = WORDINGS[language];
  const started = wording.started(facts.server);
  const login = wording.login(facts.windows);
  const rows = [
    [wording.address, facts.ip],
    [wording.user, facts.user],
  ];
  const lines = [
    ...rows.map(([label, value]) => `  ${label}: ${value}`),
    ...(facts.link === undefined ? ['', wording.key] : [`  ${wording.password}:`, `  ${facts.link}`]),
  ];
  return {
    to,
    language,
    subject: wording.subject(facts.server),
    text: `${started}\n\n${login}\n\n${lines.join('\n')}\n\n${wording.after}\n`,
    html: renderHtml(HTML, { started, login, rows, link: facts.link, wording }),
  };
}
