/** Why the compute service refuses a request; `status` is the HTTP code that Nova's API gives it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;

  constructor(status: number, message: string, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

const refusing = (status: number) => (message: string, options?: ErrorOptions) =>
  new Refusal(status, message, options);

export const refuse = {
  badRequest: refusing(400),
  forbidden: refusing(403),
  /** `rule` as Nova's policy calls it, without `os_compute_api:`. */
  policy: (rule: string) => new Refusal(403, `Policy doesn't allow os_compute_api:${rule} to be performed.`),
  notFound: refusing(404),
  badMethod: refusing(405),
  conflict: refusing(409),
  gone: refusing(410),
  badMediaType: refusing(415),
  notImplemented: refusing(501),
};
