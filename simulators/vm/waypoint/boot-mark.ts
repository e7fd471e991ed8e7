import type { MachineParts } from '../machine-parts';

/**
 * Stops the machine where its guest marks its boot (`MachineDescription.bootMark`); resolves when it stands still there.
 * @throws the signal's reason when it aborts before: then the guest goes on, also from a mark that it reached meanwhile
 */
export async function stopAtMark({ qmp }: MachineParts, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController();
  const marked = (async () => {
    for await (const { event } of qmp.events(AbortSignal.any([signal, waiting.signal])))
      if (event === 'GUEST_PANICKED') return;
    throw signal.reason ?? new Error('The machine ended before its guest had marked its boot.');
  })();
  try {
    await Promise.all([qmp.execute('set-action', { panic: 'pause' }), marked]);
  } catch (error) {
    await goOn({ qmp }).catch(() => undefined);
    throw error;
  } finally {
    waiting.abort();
  }
}

/** Lets a machine go on from the mark, and past it from now on. */
export async function goOn({ qmp }: Pick<MachineParts, 'qmp'>): Promise<void> {
  await qmp.execute('set-action', { panic: 'none' });
  const { status } = await qmp.execute('query-status');
  if (status === 'guest-panicked' || status === 'postmigrate') await qmp.execute('cont');
}
