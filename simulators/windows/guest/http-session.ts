import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, askOnce } from './ask-once';
import { parseSessionDocument, type SessionDocument } from './session-document';

/** Where a session document comes from. */
export interface SessionSource {
  /**
   * Waits until there is one. `onWaiting` is called, and waited for, once, when there is none at the first question.
   * @throws when aborted, or when none can ever come.
   */
  next(signal: AbortSignal, onWaiting: () => Promise<void>): Promise<SessionDocument>;
  /** Tells the other side that the password works. */
  ready(signal: AbortSignal): Promise<void>;
}

export interface HttpSessionOptions {
  /** e.g. `http://10.0.2.4` */
  readonly url: string;
  /** Pause before the next question. */
  readonly retryMs: number;
  /** After this long an answer is given up: the connection may be one that a fork of the machine has lost. */
  readonly timeoutMs: number;
  readonly log: (sentence: string) => void;
}

interface Question<T> {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** What the answer gives; undefined: ask again. */
  readonly use: (answer: Answer) => T | undefined;
}

/**
 * The provider's answers over HTTP: asks again, with a short pause, while it says 204 or cannot be reached. From the
 * second question on it says `settled`: nothing more is going to start in this guest by itself.
 */
export function httpSession(options: HttpSessionOptions): SessionSource {
  const { url, retryMs, timeoutMs, log } = options;
  let lastTrouble = '';
  const trouble = (sentence: string): void => {
    if (sentence !== lastTrouble) log(sentence);
    lastTrouble = sentence;
  };

  async function once<T>({ path, method, use }: Question<T>, signal: AbortSignal): Promise<T | undefined> {
    signal.throwIfAborted();
    try {
      const answer = await askOnce(`${url}${path}`, { method, timeoutMs, signal });
      const used = use(answer);
      if (used === undefined && answer.status !== 204)
        trouble(`${method} ${url}${path} answered ${answer.status}; asking again.`);
      return used;
    } catch (error) {
      signal.throwIfAborted();
      trouble(
        `${method} ${url}${path}: ${error instanceof Error ? error.message : String(error)}; asking again.`,
      );
      return undefined;
    }
  }

  async function repeat<T>(question: Question<T>, signal: AbortSignal): Promise<T> {
    for (;;) {
      const used = await once(question, signal);
      if (used !== undefined) return used;
      await delay(retryMs, undefined, { signal });
    }
  }

  const session = (path: string): Question<SessionDocument> => ({
    path,
    method: 'GET',
    use: ({ status, body }) => (status === 200 ? parseSessionDocument(body) : undefined),
  });

  return {
    async next(signal, onWaiting) {
      const first = await once(session('/session'), signal);
      if (first !== undefined) return first;
      await onWaiting();
      return repeat(session('/session?settled'), signal);
    },
    async ready(signal) {
      const accepted = ({ status }: Answer) => (status >= 200 && status < 300 ? true : undefined);
      await repeat({ path: '/ready', method: 'POST', use: accepted }, signal);
    },
  };
}
