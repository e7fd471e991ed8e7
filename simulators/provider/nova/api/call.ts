import type { RouteCall } from '../../http';
import type { Compute } from '../compute/compute';
import type { ConsoleTokens } from '../compute/console-tokens';
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
  readonly version: Microversion;
  readonly projectId: string;
  readonly userId: string;
  /** `http://host:port/compute` */
  readonly baseUrl: string;
  /** The part of the path that names the API version: `/v2.1`, or `/v2/<project>`. */
  readonly versionPath: string;
  /** Under `/v2` bodies are not held against a schema, as before 2015. */
  readonly lenient: boolean;
}

export type ComputeCall = RouteCall<ComputeContext>;
