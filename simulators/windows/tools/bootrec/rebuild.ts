import type { BcdStore } from '../../../disk/bcd';
import type { ProgramContext } from '../../shell';
import {
  addEntry,
  type BootDisk,
  BootRepairFailure,
  entriesOf,
  findBootDisk,
  findInstallations,
  type Installation,
  newStore,
  readStore,
  storePath,
  writeStore,
} from '../boot-repair';
import { volumeRoot } from '../volumes';

/** Seen on real Windows (formats.md, section 5). */
const scanning = [
  'Scanning all disks for Windows installations.',
  '',
  'Please wait, since this may take a while...',
  '',
  'Successfully scanned Windows installations.',
];

const done = 'The operation completed successfully.\r\n';

interface Scan {
  readonly boot: BootDisk | undefined;
  readonly store: BcdStore | undefined;
  /** Installations that the store does not start. */
  readonly missing: readonly Installation[];
}

async function scan({ host, files, output }: ProgramContext): Promise<Scan> {
  const boot = await findBootDisk({ host, files });
  const system = boot?.systemVolume;
  const store = boot && system && (await readStore(files, storePath(system, boot.firmware)));
  const installations = await findInstallations(host, files);
  const missing = installations.filter(
    ({ volume }) => !store || !system || entriesOf(store, volume, system).length === 0,
  );
  output.write(
    `${[...scanning, `Total identified Windows installations: ${missing.length}`].join('\r\n')}\r\n`,
  );
  return { boot, store, missing };
}

const place = (number: number, { volume, systemRoot }: Installation): string =>
  `[${number}]  ${volumeRoot(volume)}${systemRoot.replace(/^\\/, '')}\r\n`;

/** `/scanos`: what the store does not have. */
export async function scanSystems(context: ProgramContext): Promise<void> {
  const { missing } = await scan(context);
  missing.forEach((installation, index) => {
    context.output.write(place(index + 1, installation));
  });
  context.output.write(done);
}

/** `/rebuildbcd`: offers to add each of them; a store that is not there or cannot be read is made anew. */
export async function rebuildStore(context: ProgramContext): Promise<void> {
  const { boot, store, missing } = await scan(context);
  const chosen = await choose(context, missing);
  if (chosen.length > 0) {
    const system = boot?.systemVolume;
    // Seen on real Windows where no partition is active.
    if (!boot || !system) throw new BootRepairFailure(['The requested system device cannot be found.']);
    let rebuilt = store;
    for (const { volume, systemRoot, productName = 'Microsoft Windows' } of chosen) {
      const entry = {
        windowsVolume: volume,
        systemVolume: system,
        systemRoot,
        // The suffix of recovered entries: general knowledge.
        description: `${productName} (recovered)`,
        firmware: boot.firmware,
      };
      if (rebuilt === undefined) rebuilt = newStore(entry);
      else addEntry(rebuilt, entry, 'last');
    }
    if (rebuilt) await writeStore(context.files, storePath(system, boot.firmware), rebuilt);
  }
  context.output.write(done);
}

/** Asks for each installation. Anything but Y and A, and the end of input, leaves it out. */
async function choose(
  { input, output }: ProgramContext,
  missing: readonly Installation[],
): Promise<readonly Installation[]> {
  const chosen: Installation[] = [];
  for (const [index, installation] of missing.entries()) {
    output.write(place(index + 1, installation));
    const answer = await input.readLine('Add installation to boot list? Yes(Y)/No(N)/All(A):');
    if (answer === undefined) break;
    if (/^a/i.test(answer.trim())) return [...chosen, ...missing.slice(index)];
    if (/^y/i.test(answer.trim())) chosen.push(installation);
  }
  return chosen;
}
