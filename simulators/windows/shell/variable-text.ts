const escapeExpression = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** `~start,length` of `%NAME:~1,3%`: negative numbers count from the end. */
function substring(text: string, startText: string, lengthText: string | undefined): string {
  const start = Number(startText || '0');
  const from = start < 0 ? Math.max(0, text.length + start) : Math.min(start, text.length);
  if (lengthText === undefined) return text.slice(from);
  const length = Number(lengthText || '0');
  return length < 0
    ? text.slice(from, Math.max(from, text.length + length))
    : text.slice(from, from + length);
}

/**
 * The value that the text between two percent signs (or exclamation marks) stands for: `NAME`, `NAME:~1,3`,
 * `NAME:old=new`, `NAME:*old=new`. Undefined where there is no such variable or the form is none of these.
 */
export function variableText(
  inside: string,
  value: (name: string) => string | undefined,
): string | undefined {
  const whole = value(inside);
  if (whole !== undefined) return whole;
  const colon = inside.indexOf(':', 1);
  if (colon < 0) return undefined;
  const found = value(inside.slice(0, colon));
  if (found === undefined) return undefined;
  const form = inside.slice(colon + 1);
  const part = /^~\s*([+-]?\d*)\s*(?:,\s*([+-]?\d*)\s*)?$/.exec(form);
  if (part) return substring(found, part[1] ?? '', part[2]);
  const equals = form.indexOf('=', 1);
  if (equals < 0) return undefined;
  const old = form.slice(0, equals);
  const replacement = form.slice(equals + 1);
  if (old.startsWith('*') && old.length > 1) {
    const at = found.toLowerCase().indexOf(old.slice(1).toLowerCase());
    return at < 0 ? found : replacement + found.slice(at + old.length - 1);
  }
  return found.replace(new RegExp(escapeExpression(old), 'gi'), () => replacement);
}

/** Where the variables and arguments of a line come from. */
export interface PercentScope {
  value(name: string): string | undefined;
  /**
   * In a batch file: the text of `%1`, `%~dp0`, `%*`, given the modifiers (`dp`) and the digit or `*`. Undefined at the
   * prompt, where `%1` is no argument and a variable that is not set stays as typed; a batch file drops it.
   */
  readonly argument: ((modifiers: string, name: string) => Promise<string>) | undefined;
}

/** Replaces `%NAME%` and, in a batch file, `%1`, `%~f1`, `%*` and `%%`. */
export async function expandPercents(text: string, { value, argument }: PercentScope): Promise<string> {
  let result = '';
  let position = 0;
  for (;;) {
    const start = text.indexOf('%', position);
    if (start < 0) return result + text.slice(position);
    result += text.slice(position, start);
    if (argument) {
      const rest = text.slice(start + 1, start + 40);
      if (rest.startsWith('%')) {
        result += '%';
        position = start + 2;
        continue;
      }
      const [whole, plain, modifiers, name] = /^(?:(\*|\d)|~([fdpnxsatz]*)(\d))/i.exec(rest) ?? [];
      if (whole !== undefined) {
        result += await argument(modifiers === undefined ? '' : `~${modifiers}`, plain ?? name ?? '');
        position = start + 1 + whole.length;
        continue;
      }
    }
    const end = text.indexOf('%', start + 1);
    if (end < 0) {
      // A lonely percent sign vanishes from a batch file.
      return argument ? result + text.slice(start + 1) : result + text.slice(start);
    }
    const found = end === start + 1 ? undefined : variableText(text.slice(start + 1, end), value);
    if (found === undefined && !argument) {
      result += text.slice(start, end);
      position = end;
    } else {
      result += found ?? '';
      position = end + 1;
    }
  }
}

/** Replaces `!NAME!` where delayed expansion is on; `^!` is an exclamation mark. What is not set vanishes. */
export function expandDelayed(text: string, value: (name: string) => string | undefined): string {
  if (!text.includes('!')) return text;
  let result = '';
  for (let position = 0; position < text.length; position++) {
    const character = text[position] ?? '';
    if (character === '^') {
      position++;
      result += text[position] ?? '';
      continue;
    }
    if (character !== '!') {
      result += character;
      continue;
    }
    const end = text.indexOf('!', position + 1);
    if (end < 0) continue;
    result += variableText(text.slice(position + 1, end), value) ?? '';
    position = end;
  }
  return result;
}
