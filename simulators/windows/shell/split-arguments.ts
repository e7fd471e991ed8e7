/** Splits arguments as the Microsoft C runtime does: blanks separate, `"` groups, `\"` is a quote, `""` inside too. */
export function splitArguments(text: string): string[] {
  const result: string[] = [];
  let current: string | undefined;
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (character === '\\') {
      const run = /^\\+/.exec(text.slice(index))?.[0].length ?? 1;
      const beforeQuote = text[index + run] === '"';
      current = (current ?? '') + '\\'.repeat(beforeQuote ? Math.floor(run / 2) : run);
      index += run - 1;
      if (beforeQuote && run % 2 === 1) {
        current += '"';
        index++;
      }
    } else if (character === '"') {
      current ??= '';
      if (quoted && text[index + 1] === '"') {
        current += '"';
        index++;
      } else quoted = !quoted;
    } else if (!quoted && /[ \t]/.test(character)) {
      if (current !== undefined) result.push(current);
      current = undefined;
    } else current = (current ?? '') + character;
  }
  if (current !== undefined) result.push(current);
  return result;
}

/** Splits arguments as cmd's own commands do: blanks, `,`, `;` and `=` separate, quotes group and vanish. */
export function splitWords(text: string): string[] {
  return [...text.matchAll(/(?:"[^"]*"?|[^\s,;="])+/g)].map(([word]) => word.replaceAll('"', ''));
}
