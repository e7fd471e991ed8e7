import type { Clock } from '../clock';
import { Refusal } from '../refusal';
import type { Letter, SendLetter } from './letter';

/** A mail that the provider wrote, as the customer finds it again under "Service emails". */
export interface MailRecord {
  readonly id: number;
  readonly nichandle: string;
  /** Epoch milliseconds of lab time. */
  readonly date: number;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  delivery: 'under way' | 'delivered' | 'undeliverable';
  /** Why it could not be delivered. */
  note: string | null;
}

/** Every mail is kept here first and then sent, so that an undeliverable one can still be read. */
export class MailHistory {
  readonly #clock: Clock;
  readonly #send: SendLetter;
  readonly #records = new Map<number, MailRecord>();
  #nextId = 1;

  constructor({ clock, send }: { clock: Clock; send: SendLetter }) {
    this.#clock = clock;
    this.#send = send;
  }

  /** Records and sends `letter`; resolves with the record when its delivery is decided. */
  async deliver(nichandle: string, letter: Letter): Promise<MailRecord> {
    const record: MailRecord = {
      id: this.#nextId++,
      nichandle,
      date: this.#clock.now(),
      to: letter.to,
      subject: letter.subject,
      body: letter.text,
      delivery: 'under way',
      note: null,
    };
    this.#records.set(record.id, record);
    try {
      await this.#send(letter);
      record.delivery = 'delivered';
    } catch (error) {
      record.delivery = 'undeliverable';
      const reason = error instanceof Error ? error.message : String(error);
      record.note = `The mail to ${letter.to} could not be delivered: ${reason}`;
    }
    return record;
  }

  /** The mails to an account, oldest first. */
  list(nichandle: string): MailRecord[] {
    return [...this.#records.values()].filter((record) => record.nichandle === nichandle);
  }

  get(nichandle: string, id: number): MailRecord {
    const record = this.#records.get(id);
    if (record === undefined || record.nichandle !== nichandle) {
      throw new Refusal('not found', `The requested object (id = ${id}) does not exist`);
    }
    return record;
  }
}
