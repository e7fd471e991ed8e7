import { splitWords } from '../split-arguments';

/** Names and switches of a command of cmd; switches in lower case with their slash, wherever they stand. */
export interface SwitchWords {
  readonly names: readonly string[];
  readonly switches: ReadonlySet<string>;
}

/** A switch may follow a name at once (`dir/w`); slashes within quotes are part of a name. */
export function switchWords(tail: string): SwitchWords {
  const spaced = tail.replace(/"[^"]*"?|\/(?=[A-Za-z?-])/g, (found) => (found === '/' ? ' /' : found));
  const words = splitWords(spaced);
  return {
    names: words.filter((word) => !word.startsWith('/')),
    switches: new Set(words.filter((word) => word.startsWith('/')).map((word) => word.toLowerCase())),
  };
}

/** cmd's answer to a switch that a command does not have. */
export function invalidSwitch(word: string): string {
  return `Invalid switch - "${word.replace(/^\//, '')}".\r\n`;
}

/** Missing or surplus words. */
export const wrongSyntax = 'The syntax of the command is incorrect.\r\n';
