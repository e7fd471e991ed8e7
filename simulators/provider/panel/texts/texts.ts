/**
 * The panel's texts. Those of the dedicated servers' pages are the labels of the manager of 2025; marked lines of
 * the language files are our own wording, where no label was seen. `{server}` and `{message}` are filled in.
 */
export interface Texts {
  readonly controlPanel: string;
  readonly language: string;
  readonly skip: string;
  readonly servers: string;
  readonly dedicatedServers: string;
  readonly noServers: string;
  readonly server: string;
  readonly serviceEmails: string;
  readonly mailbox: string;
  readonly noMails: string;
  readonly subject: string;
  readonly date: string;

  readonly generalInformation: string;
  readonly name: string;
  readonly address: string;
  readonly boot: string;
  readonly notAvailable: string;
  readonly edit: string;
  readonly operatingSystem: string;
  readonly datacenter: string;
  readonly serviceStatus: string;
  readonly status: string;
  readonly states: Readonly<Record<'ok' | 'error' | 'hacked' | 'hackedBlocked', string>>;
  readonly hacked: string;
  readonly hackedBlocked: string;
  readonly restart: string;
  readonly actionsOf: string;
  readonly monitoring: string;
  readonly monitoringOff: string;
  readonly monitoringWithIntervention: string;
  readonly monitoringWithoutIntervention: string;

  readonly netbootTitle: string;
  readonly netbootCurrent: string;
  readonly netbootQuestion: string;
  readonly bootFromDisk: string;
  readonly bootInRescue: string;
  readonly bootFromNetwork: string;
  readonly rescueHelp: string;
  readonly rescueAvailable: string;
  readonly authentication: string;
  readonly authenticationPassword: string;
  readonly authenticationKey: string;
  readonly publicKey: string;
  readonly rescueMail: string;
  readonly rescueMailNone: string;
  readonly rescueMailInvalid: string;
  readonly next: string;
  readonly cancel: string;
  readonly confirm: string;
  readonly back: string;
  readonly summary: string;
  readonly netbootConfirm: string;
  readonly netbootType: string;
  readonly rescueName: string;
  readonly emergencyMail: string;
  readonly updating: string;
  readonly netbootChanged: string;
  readonly netbootFailed: string;
  readonly netbootNotLoaded: string;

  readonly rebootTitle: string;
  readonly rebootQuestion: string;
  readonly rebootStarted: string;
  readonly rebootRefused: string;
  readonly rebootDone: string;
  readonly rebootFailed: string;

  readonly tasks: string;
  readonly mostRecentAction: string;
  readonly task: string;
  readonly technicalDetails: string;
  readonly noTasks: string;
  readonly taskFunctions: Readonly<Record<string, string>>;
  readonly taskStates: Readonly<
    Record<'todo' | 'init' | 'doing' | 'done' | 'cancelled' | 'customerError' | 'ovhError', string>
  >;

  readonly ipmi: string;
  readonly kvmTitle: string;
  readonly kvmOpen: string;
  readonly kvmReady: string;
  readonly kvmFailed: string;
  readonly noIpmi: string;
  readonly ipmiBusy: string;
}

/** Puts `values` into the `{placeholders}` of a text. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
