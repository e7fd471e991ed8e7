/** What `xcopy` is told by its switches. */
export interface XcopyOptions {
  readonly source: string;
  readonly target: string;
  /** `/s` folders with something in them, `/e` all folders. */
  readonly tree: 'none' | 'filled' | 'all';
  readonly targetIsFolder: boolean;
  readonly hidden: boolean;
  readonly keepAttributes: boolean;
  readonly overReadOnly: boolean;
  readonly goOn: boolean;
  readonly quiet: boolean;
  readonly fullNames: boolean;
  readonly listOnly: boolean;
  readonly foldersOnly: boolean;
  readonly updateOnly: boolean;
  /** `/d`: newer files only, or those changed since a day. */
  readonly since: 'newer' | Date | undefined;
  readonly archivedOnly: boolean;
  readonly clearArchive: boolean;
  readonly askEach: boolean;
  readonly overwrite: boolean | undefined;
}

/** Taken and without effect: one file at a time, verified, unbuffered, short names, owners and audit settings. */
const noEffect = /^\/(v|w|g|n|o|x|z|b|j|compress|sparse)$/;

function since(word: string): XcopyOptions['since'] {
  if (word === '/d') return 'newer';
  const [, month, day, year] = /^\/d:(\d+)-(\d+)-(\d{4})$/.exec(word) ?? [];
  return year === undefined ? undefined : new Date(Number(year), Number(month) - 1, Number(day));
}

/** Reads the command line, or tells what is wrong with it in xcopy's words. */
export function parseXcopy(args: readonly string[]): XcopyOptions | string {
  const words: string[] = [];
  const switches: string[] = [];
  for (const word of args) {
    if (!word.startsWith('/')) words.push(word);
    else switches.push(...(word.match(/\/[^/]*/g) ?? []).map((one) => one.toLowerCase()));
  }
  const has = (name: string): boolean => switches.includes(`/${name}`);
  const unknown = switches.find(
    (word) => !noEffect.test(word) && !/^\/([seihkrcqflatmupy]|-y|d(:\d+-\d+-\d{4})?)$/.test(word),
  );
  if (unknown !== undefined) return `Invalid switch - ${unknown}`;
  const [source, target = '.'] = words;
  if (source === undefined || words.length > 2) return 'Invalid number of parameters';
  const day = switches.find((word) => word.startsWith('/d'));
  return {
    source,
    target,
    tree: has('e') ? 'all' : has('s') || has('t') ? 'filled' : 'none',
    targetIsFolder: has('i'),
    hidden: has('h'),
    keepAttributes: has('k'),
    overReadOnly: has('r'),
    goOn: has('c'),
    quiet: has('q'),
    fullNames: has('f'),
    listOnly: has('l'),
    foldersOnly: has('t'),
    updateOnly: has('u'),
    since: day === undefined ? undefined : since(day),
    archivedOnly: has('a') || has('m'),
    clearArchive: has('m'),
    askEach: has('p'),
    overwrite: has('-y') ? false : has('y') ? true : undefined,
  };
}
