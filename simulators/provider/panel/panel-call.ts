import type { RouteCall } from '../http';
import type { CloudAccount } from './cloud-account';
import type { DedicatedAccount } from './dedicated-account';
import type { Language, Texts } from './texts';

/** What every page works with. The accounts are the customer's; one that is left out has no pages. */
export interface PanelContext {
  readonly dedicated: DedicatedAccount | undefined;
  readonly cloud: CloudAccount | undefined;
  /** Where the customer reads mail, outside the panel. */
  readonly mailboxUrl: string | undefined;
  /** Temporary passwords that wait to be shown once, by the handle in the page's address. */
  readonly shownOnce: Map<string, string>;
  readonly language: Language;
  readonly t: Texts;
}

export type PanelCall = RouteCall<PanelContext>;

/** A page of a provider that this panel was not given. */
export class NoSuchPage extends Error {
  override readonly name = 'NoSuchPage';
}

export function dedicatedOf({ context, parameters }: PanelCall): { account: DedicatedAccount; name: string } {
  if (context.dedicated === undefined) {
    throw new NoSuchPage('This account has no dedicated servers.');
  }
  return { account: context.dedicated, name: parameters['name'] ?? '' };
}

export function cloudOf({ context, parameters }: PanelCall): { account: CloudAccount; id: string } {
  if (context.cloud === undefined) {
    throw new NoSuchPage('This account has no cloud servers.');
  }
  return { account: context.cloud, id: parameters['id'] ?? '' };
}

/** Sends the browser on with a GET, after a form was taken. */
export function redirect(location: string): Response {
  return new Response(null, { status: 303, headers: { location } });
}
