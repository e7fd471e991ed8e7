import type { Program } from '../shell';

/** The switches of `choice` that take a word, with it; `/c yn`, `/c:yn` and `/t5` are all known. */
function optionValue(args: readonly string[], letter: string): string | undefined {
  for (const [index, word] of args.entries()) {
    const [, attached = ''] = new RegExp(`^/${letter}:?(.*)$`, 'is').exec(word) ?? [];
    if (new RegExp(`^/${letter}$`, 'i').test(word)) return args[index + 1];
    if (attached !== '' && !/^\/cs$/i.test(word)) return attached;
  }
  return undefined;
}

/**
 * `choice [/c keys] [/n] [/cs] [/t seconds /d key] [/m text]`: the number of the pressed key, 255 for a wrong command
 * line. With `/t` the key of `/d` is taken at once (our choice: nobody waits in a scenario).
 */
export const choice: Program = async ({ args, input, output, errors }) => {
  const has = (name: string): boolean => args.some((word) => word.toLowerCase() === `/${name}`);
  const matchCase = has('cs');
  const keys = [...(optionValue(args, 'c') ?? 'YN')].map((key) => (matchCase ? key : key.toUpperCase()));
  const [seconds, fallback] = [optionValue(args, 't'), optionValue(args, 'd')];
  const fold = (key: string): string => (matchCase ? key : key.toUpperCase());
  const known = /^\/(c|cs|n|t|d|m)(:.*)?$/i;
  const wrong =
    args.some((word) => word.startsWith('/') && !known.test(word)) ||
    new Set(keys).size !== keys.length ||
    !keys.every((key) => /[\p{L}\p{N}]/u.test(key)) ||
    (seconds === undefined) !== (fallback === undefined) ||
    (seconds !== undefined && !(/^\d{1,4}$/.test(seconds) && keys.includes(fold(fallback ?? ''))));
  if (wrong) {
    // Our text; the real one names the wrong word.
    errors.write('ERROR: Invalid syntax.\r\nType "CHOICE /?" for usage.\r\n');
    return 255;
  }
  const message = optionValue(args, 'm');
  const list = has('n') ? '' : `[${keys.join(',')}]?`;
  output.write([message, list].filter((part) => part !== undefined && part !== '').join(' '));
  let key = seconds === undefined ? await input.readKey() : fold(fallback ?? '');
  while (key !== undefined && !keys.includes(fold(key))) key = await input.readKey();
  if (key === undefined) {
    errors.write('\r\nERROR: The file is either empty or does not contain the valid choices.\r\n');
    return 255;
  }
  output.write(`${fold(key)}\r\n`);
  return keys.indexOf(fold(key)) + 1;
};
