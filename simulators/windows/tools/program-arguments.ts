/** The arguments of a console program: switches in lower case with their slash, and the other words in their order. */
export interface ProgramArguments {
  readonly switches: readonly string[];
  readonly words: readonly string[];
}

/** Splits `/e/h` into two switches; what a switch carries behind a colon (`/xd:name`) stays with it. */
export function programArguments(args: readonly string[]): ProgramArguments {
  const switches: string[] = [];
  const words: string[] = [];
  for (const word of args) {
    if (!word.startsWith('/')) words.push(word);
    else switches.push(...(word.match(/\/[^/]*/g) ?? []).map((one) => one.toLowerCase()));
  }
  return { switches, words };
}
