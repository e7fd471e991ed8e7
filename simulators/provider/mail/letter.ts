/** A mail before it is sent. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Language tag for the `Content-Language` header. */
  readonly language: string;
}

/** Hands a letter to a mail server; rejects when the server does not take it. */
export type SendLetter = (letter: Letter) => Promise<void>;
