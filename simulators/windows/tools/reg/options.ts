import { invalidSyntax } from './failure';

/** The words of a `reg` command, sorted: names of switches are in lower case without the slash. */
export interface RegOptions {
  readonly words: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
}

/**
 * Sorts the words behind a verb. Throws `ERROR: Invalid syntax.` for unknown switches, ones given twice, and ones that
 * lack their value.
 * @param flags switches that stand alone
 * @param valued switches that take the next word
 * @param optional those of them that stand alone, as flags, where the line ends or another switch follows
 */
export function parseOptions(
  verb: string,
  args: readonly string[],
  flags: readonly string[],
  valued: readonly string[],
  optional: readonly string[] = [],
): RegOptions {
  const words: string[] = [];
  const found = new Set<string>();
  const values = new Map<string, string>();
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index]!;
    const name = /^[/-]([a-z]+(?::\d+)?)$/i.exec(word)?.[1]?.toLowerCase();
    if (name === undefined) words.push(word);
    else if (found.has(name) || values.has(name)) throw invalidSyntax(verb);
    else if (flags.includes(name) || (optional.includes(name) && standsAlone(args[index + 1])))
      found.add(name);
    else if (valued.includes(name)) {
      const value = args[index + 1];
      if (value === undefined) throw invalidSyntax(verb);
      values.set(name, value);
      index += 1;
    } else throw invalidSyntax(verb);
  }
  return { words, flags: found, values };
}

function standsAlone(next: string | undefined): boolean {
  return next === undefined || /^\/[a-z]{1,2}$/i.test(next);
}
