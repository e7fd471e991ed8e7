import type { Clock } from '../clock';
import type { Faults } from '../faults';
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
  delivery: 'under way' | 'delivered' | 'undeliverable' | 'bounce';
  /** Why it could not be delivered. */
  note: string | null;
}

/** Every mail is kept here first and then sent, so that an undeliverable one can still be read. */
export class MailHistory {
  readonly #clock: Clock;
  readonly #send: SendLetter;
  readonly #faults: Faults;
  readonly #records = new Map<number, MailRecord>();
  #nextId = 1;

  constructor({ clock, send, faults }: { clock: Clock; send: SendLetter; faults: Faults }) {
    this.#clock = clock;
    this.#send = send;
    this.#faults = faults;
  }

  /**
   * Records and sends `letter`; resolves with the record when its delivery is decided. A mail that could not be
   * delivered comes back: the note about it is a mail of the history too (its wording is ours).
   */
  async deliver(nichandle: string, letter: Letter, signal?: AbortSignal): Promise<MailRecord> {
    const late = this.#faults.happens('mail-late')?.by;
    if (late !== undefined) {
      await this.#clock.waitUntil(this.#clock.now() + late, signal && { signal });
    }
    const record = this.#keep(nichandle, letter, 'under way');
    try {
      await this.#sendOut(letter);
      record.delivery = 'delivered';
    } catch (error) {
      record.delivery = 'undeliverable';
      const reason = error instanceof Error ? error.message : String(error);
      record.note = `The mail to ${letter.to} could not be delivered: ${reason}`;
      const subject = `Undelivered mail: ${letter.subject}`;
      this.#keep(nichandle, { to: letter.to, subject, text: `${record.note}\n` }, 'bounce');
    }
    return record;
  }

  async #sendOut(letter: Letter): Promise<void> {
    if (this.#faults.happens('mail-lost')) {
      return;
    }
    await this.#send(letter);
    if (this.#faults.happens('mail-twice')) {
      await this.#send(letter);
    }
  }

  #keep(
    nichandle: string,
    { to, subject, text }: Pick<Letter, 'to' | 'subject' | 'text'>,
    delivery: MailRecord['delivery'],
  ): MailRecord {
    const id = this.#nextId++;
    const date = this.#clock.now();
    const record: MailRecord = { id, nichandle, date, to, subject, body: text, delivery, note: null };
    this.#records.set(id, record);
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
