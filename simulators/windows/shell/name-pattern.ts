/** One pass with one step back to the last star: time grows with the product of both lengths, never beyond. */
function fits(pattern: string, name: string): boolean {
  let at = 0;
  let inPattern = 0;
  let star = -1;
  let mark = 0;
  for (;;) {
    const sign = pattern[inPattern];
    if (sign === undefined && at === name.length) return true;
    if (sign === '*') {
      star = inPattern++;
      mark = at;
      continue;
    }
    const nameEnds = at === name.length;
    // `?` stands for nothing before a dot and at the end; `.*` also fits a name without extension.
    if (sign === '?' && (nameEnds || name[at] === '.')) inPattern++;
    else if (sign === '.' && nameEnds && /[*?]/.test(pattern[inPattern + 1] ?? '')) inPattern++;
    else if (!nameEnds && (sign === '?' || sign === name[at])) {
      at++;
      inPattern++;
    } else if (star >= 0 && mark < name.length) {
      at = ++mark;
      inPattern = star + 1;
    } else return false;
  }
}

/**
 * Turns a DOS pattern into a test of names, blind to case: `*.log`, `a?.txt`; `*.*` means everything, `*.` names
 * without extension ([MS-FSA] 2.1.4.4, as FindFirstFile hands the patterns on).
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const wanted = pattern.toLowerCase();
  if (wanted === '*.*') return () => true;
  if (wanted.endsWith('.') && wanted.includes('*'))
    return (name) => !name.includes('.') && fits(wanted.slice(0, -1), name.toLowerCase());
  return (name) => fits(wanted, name.toLowerCase());
}

/**
 * The name that `ren` makes of an old one and a mask: `*` takes the rest of the old name (or of its base, before a
 * dot), `?` one character, everything else replaces. The rules were found on a real Vista (Super User, question 475874).
 */
export function renamedByMask(name: string, mask: string): string {
  let result = '';
  let at = 0;
  for (let index = 0; index < mask.length; index++) {
    const sign = mask[index] ?? '';
    const next = mask[index + 1];
    if (sign === '*') {
      if (next === undefined || next === '?') {
        result += name.slice(at);
        at = name.length;
      } else {
        // Up to and with the last such character of what is left; `*.` goes up to the last dot.
        const rest = name.slice(at);
        const last = rest.lastIndexOf(next);
        result += last < 0 ? rest : rest.slice(0, last);
        if (last < 0) at = name.length;
        else at += last;
      }
    } else if (sign === '?') {
      const character = name[at];
      if (character !== undefined && character !== '.') {
        result += character;
        at++;
      }
    } else if (sign === '.') {
      // What is left of the base is passed over.
      const dot = name.indexOf('.', at);
      at = dot < 0 ? name.length : dot + 1;
      result += '.';
    } else {
      result += sign;
      if (at < name.length && name[at] !== '.') at++;
    }
  }
  return result.replace(/[ .]+$/, '');
}
