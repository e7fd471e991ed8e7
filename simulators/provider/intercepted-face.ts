/** A provider as the rest of this process reaches it under its public names. */
export interface InterceptedFace {
  /** Host names, such as `eu.api.ovh.com`. */
  readonly hosts: readonly string[];
  respond(request: Request): Promise<Response> | Response;
}
