import type { Actor } from '../compute/actor';
import type { Compute } from '../compute/compute';
import type { ConsoleTokens } from '../compute/console-tokens';
import type { Instance } from '../compute/instance';
import type { Caller } from '../identity/caller';
import type { Microversion } from './microversion';

/** What every route of the compute API works with. */
export interface ComputeSettings {
  readonly compute: Compute;
  readonly consoles: ConsoleTokens;
  /** Where consoles are opened (`http://host:port`), or undefined where no console proxy runs. */
  readonly consoleProxyUrl: () => string | undefined;
  /** `[api] enable_instance_password`: whether passwords are in the answers. */
  readonly showPasswords: boolean;
  readonly rackspace: boolean;
}

export interface ComputeContext extends ComputeSettings {
  readonly caller: Caller;
  readonly actor: Actor;
  readonly version: Microversion;
  /** Under `/v2`, as before 2015: no microversions, and what a schema does not know is passed over. */
  readonly legacy: boolean;
  /** `http://host:port/compute` */
  readonly baseUrl: string;
  /** The part of the path that names the API version, and the project where it is named: `/v2.1`, `/v2/<project>`. */
  readonly versionPath: string;
}

/** A call whose body and query fit their schemas. */
export interface ComputeCall {
  readonly context: ComputeContext;
  readonly request: Request;
  readonly url: URL;
  readonly parameters: Readonly<Record<string, string>>;
  /** Each query parameter with all its values; those that the call does not know are left out. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly body: unknown;
}

/** A call about a server that the caller's project has. */
export interface ServerCall extends ComputeCall {
  readonly instance: Instance;
}

export type Answer = Response | Promise<Response>;

/** Carries an action out. `argument`: what the body has under the action's name. */
export type RunAction = (call: ServerCall, argument: unknown) => Answer;
