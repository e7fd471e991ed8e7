/** Why the provider does not do what a customer asked for; each face says it in its own dialect. */
export type RefusalKind =
  | 'not found'
  | 'bad request'
  | 'forbidden'
  | 'task already exists'
  | 'service expired';

export class Refusal extends Error {
  readonly kind: RefusalKind;

  constructor(kind: RefusalKind, message: string) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
  }
}
