import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** What may be frozen, by the names that QuickJS 2021-03-27 has for a pointer to it. */
const COUNTS: Readonly<Record<string, readonly string[]>> = {
  'quickjs.h': ['p->ref_count'],
  'quickjs.c': ['p->header.ref_count', 'sh->header.ref_count', 'var_ref->header.ref_count'],
};

/** Places that change counts, in both files. */
const PLACES = 18;

/**
 * Changes the sources of QuickJS in this folder: what has FROZEN references or more is counted no further. That keeps the
 * pages of a snapshot (images/files/listing.c) as they are in the file, where each count would copy one.
 */
export async function freezeReferences(folder: string): Promise<void> {
  let places = 0;
  for (const [file, counts] of Object.entries(COUNTS)) {
    const whole = path.join(folder, file);
    let source = await readFile(whole, 'latin1');
    const change = (from: string, to: string) => {
      const parts = source.split(from);
      places += parts.length - 1;
      source = parts.join(to);
    };
    for (const count of counts) {
      change(` ${count}++;`, ` if (${count} < FROZEN) ${count}++;`);
      change(`(--${count} > 0)`, `(${count} >= FROZEN || --${count} > 0)`);
      change(`(--${count} `, `(${count} < FROZEN && --${count} `);
    }
    await writeFile(
      whole,
      source.replace('typedef struct JSRefCountHeader {', '#define FROZEN (1 << 29)\n$&'),
      'latin1',
    );
  }
  if (places !== PLACES) {
    throw new Error(`QuickJS changes its counts of references in ${places} places, not in ${PLACES}.`);
  }
}
