import type { Envelope } from '@cucumber/messages';
import { runSecrets } from '../../simulators/evidence';
import { LiveProgress } from './live-progress';
import { PlainProgress } from './plain-progress';
import { paintFor } from './wording';

/** The part of cucumber's plugin context that this formatter uses. */
interface Context {
  on(key: 'message', handler: (envelope: Envelope) => void): void;
  write(text: string): void;
  readonly stream: NodeJS.WritableStream & { readonly isTTY?: boolean };
}

/** The progress formatter: live lines on a terminal, plain lines elsewhere (and with `CI` set). */
const progressFormatter = {
  type: 'formatter',
  formatter({ on, write, stream }: Context): () => void {
    const mask = (text: string): string => runSecrets.mask(text);
    const live = stream.isTTY === true && !process.env['CI'];
    const paint = paintFor(stream.isTTY === true && !process.env['NO_COLOR']);
    const progress = live
      ? new LiveProgress(stream, paint, mask)
      : new PlainProgress((text) => write(mask(text)), paint);
    on('message', (envelope) => progress.add(envelope));
    return () => progress.end();
  },
};

export default progressFormatter;
