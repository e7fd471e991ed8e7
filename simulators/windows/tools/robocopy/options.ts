/** What `robocopy` is told. */
export interface RobocopyOptions {
  readonly source: string;
  readonly target: string;
  /** File patterns; `*.*` where none is given. */
  readonly patterns: readonly string[];
  readonly tree: 'none' | 'filled' | 'all';
  /** `/purge`, `/mir`: what is only in the target goes. */
  readonly purge: boolean;
  /** `/mov` files, `/move` files and folders are deleted from the source. */
  readonly move: 'no' | 'files' | 'all';
  readonly listOnly: boolean;
  readonly excludedFiles: readonly string[];
  readonly excludedFolders: readonly string[];
  readonly excludeOlder: boolean;
  readonly includeSame: boolean;
  /** Attributes are copied (`/copy:DAT`, the default; `/copy:D` leaves them). */
  readonly attributes: boolean;
  readonly header: boolean;
  readonly summary: boolean;
  readonly fileLines: boolean;
  readonly folderLines: boolean;
  /** `/log:file`, `/log+:file`; `/tee` shows it as well. */
  readonly log: { readonly path: string; readonly append: boolean } | undefined;
  readonly tee: boolean;
  /** As the header shows them. */
  readonly shown: string;
}

/** Taken and without effect: retries, threads, restart and backup modes, security and other things that are not kept here. */
const noEffect =
  /^\/(copyall|sec|secfix|timfix|z|zb|b|j|efsraw|dcopy:.*|r:\d+|w:\d+|reg|tbd|mt(:\d+)?|np|eta|v|ts|fp|bytes|x|xj|xjd|xjf|fft|dst|nodcopy|nooffload|ndl|nfl|nc|ns|unicode|a[+-]:.*|ipg:\d+|compress)$/;
const known = /^\/(s|e|purge|mir|mov|move|l|xo|is|it|njh|njs|tee|copy:[a-z]+)$/;

/** Reads the command line, or tells what is wrong with it in robocopy's words. */
export function parseRobocopy(args: readonly string[]): RobocopyOptions | string {
  const words: string[] = [];
  const switches: string[] = [];
  const excluded = { xf: [] as string[], xd: [] as string[] };
  let list: 'xf' | 'xd' | undefined;
  let log: RobocopyOptions['log'];
  for (const [index, word] of args.entries()) {
    if (!word.startsWith('/')) {
      if (list === undefined) words.push(word);
      else excluded[list].push(word);
      continue;
    }
    const lower = word.toLowerCase();
    list = lower === '/xf' ? 'xf' : lower === '/xd' ? 'xd' : undefined;
    const [, plus, path] = /^\/(?:uni)?log(\+?):(.+)$/i.exec(word) ?? [];
    if (path !== undefined) log = { path, append: plus === '+' };
    else if (list === undefined && !known.test(lower) && !noEffect.test(lower))
      return `ERROR : Invalid Parameter #${index + 1} : "${word}"`;
    if (list === undefined && path === undefined) switches.push(lower);
  }
  const [source, target, ...patterns] = words;
  const has = (name: string): boolean => switches.includes(`/${name}`);
  if (source === undefined) return 'ERROR : No Source Directory Specified.';
  if (target === undefined) return 'ERROR : No Destination Directory Specified.';
  const all = has('e') || has('mir') || has('move');
  const copy = switches.find((word) => word.startsWith('/copy:'));
  const tree = all ? '/S /E ' : has('s') ? '/S ' : '';
  return {
    source,
    target,
    patterns: patterns.length > 0 ? patterns : ['*.*'],
    tree: all ? 'all' : has('s') ? 'filled' : 'none',
    purge: has('purge') || has('mir'),
    move: has('move') ? 'all' : has('mov') ? 'files' : 'no',
    listOnly: has('l'),
    excludedFiles: excluded.xf,
    excludedFolders: excluded.xd,
    excludeOlder: has('xo'),
    includeSame: has('is'),
    attributes: copy === undefined || copy.slice(6).includes('a'),
    header: !has('njh'),
    summary: !has('njs'),
    fileLines: !has('nfl'),
    folderLines: !has('ndl'),
    log,
    tee: has('tee'),
    shown: `${tree}${switches
      .filter((word) => !/^\/(s|e|njh|njs|tee)$/.test(word))
      .map((word) => `${word.toUpperCase()} `)
      .join('')}`,
  };
}
