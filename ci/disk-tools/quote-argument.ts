/** Quotes a word for cmd where it needs quotes: blanks, or characters that mean something on a command line. */
export function quoteArgument(word: string): string {
  if (word !== '' && !/[\s&|<>^()"]/.test(word)) return word;
  return `"${word.replaceAll('"', '\\"')}"`;
}
