/**
 * Quotes a word for cmd and for the C runtime behind it, where it needs quotes: blanks, or characters that mean something
 * on a command line. Variables in percent signs stay what they are.
 */
function quoteArgument(word: string): string {
  if (word !== '' && !/[\s&|<>^()"]/.test(word)) return word;
  // For the C runtime a backslash before a quote escapes it.
  const quoted = `"${word.replace(/(\\*)("|$)/g, (_, slashes: string, end: string) => slashes.repeat(2) + (end && '\\"'))}"`;
  // cmd knows no escaped quotes: it would take each for an end of the quoting.
  return word.includes('"') ? quoted.replace(/[&|<>^()"]/g, '^$&') : quoted;
}

/** The command line of a program with its arguments. What `cmd /c` shall run is one already, where it is one word. */
export function commandLine(name: string, words: readonly string[]): string {
  const [option, ...rest] = words;
  if (/^cmd(\.exe)?$/i.test(name) && /^\/c$/i.test(option ?? ''))
    return rest.length === 1 ? rest[0]! : rest.map(quoteArgument).join(' ');
  return [name, ...words].map(quoteArgument).join(' ');
}
