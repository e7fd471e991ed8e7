/** Whether a caret at the end of the line, outside quotes and not escaped itself, joins it to the next one. */
export function endsInCaret(line: string): boolean {
  let quoted = false;
  let escaped = false;
  for (const character of line) {
    if (escaped) escaped = false;
    else if (character === '"') quoted = !quoted;
    else if (character === '^' && !quoted) escaped = true;
  }
  return escaped;
}
