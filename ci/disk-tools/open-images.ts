import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Session } from '../../simulators/vm';
import { ImageSession } from '../../simulators/windows/image-host';
import { onStopSignal } from '../features/stop-signals';

export interface ImageChoice {
  readonly images: readonly string[];
  readonly readOnly: boolean;
  readonly foreign: boolean;
}

/** Does something with disk images open, and closes them again, also when a signal ends the command. */
export async function withImages<T>(
  choice: ImageChoice,
  work: (session: ImageSession) => Promise<T>,
): Promise<T> {
  const from = process.env['INIT_CWD'] ?? process.cwd();
  await using lab = Session.start();
  // Every program that is started from here on belongs to the session, and ends with it whatever happens.
  Object.assign(process.env, lab.environment);
  const folder = lab.tempDir('images');
  await mkdir(folder, { recursive: true });
  await using session = await ImageSession.open({
    ...choice,
    images: choice.images.map((image) => resolve(from, image)),
    folder,
    warn: (sentence) => process.stderr.write(`${sentence}\n`),
  });
  // What was written is brought to its end: the volumes are taken away as they are after the work.
  const undo = onStopSignal(async () => {
    await session[Symbol.asyncDispose]();
    await lab.dispose();
    return undefined;
  });
  try {
    return await work(session);
  } finally {
    undo();
  }
}
