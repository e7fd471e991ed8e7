/** What the codes of `%PROMPT%` stand for (`prompt /?` of cmd). */
export interface PromptFacts {
  /** Current folder, e.g. `C:\Users\Administrator`. */
  readonly folder: string;
  /** e.g. `10.0.17763`. */
  readonly version: string;
}

/** Renders a `%PROMPT%` such as `$P$G` or, over SSH, `administrator@HOST $P$G`. */
export function renderPrompt(template: string, { folder, version }: PromptFacts): string {
  const codes: Readonly<Record<string, string>> = {
    A: '&',
    B: '|',
    C: '(',
    E: '\u001b',
    F: ')',
    G: '>',
    H: '\b',
    L: '<',
    N: folder.slice(0, 1),
    P: folder,
    Q: '=',
    S: ' ',
    V: `Microsoft Windows [Version ${version}]`,
    _: '\r\n',
    $: '$',
  };
  return template.replace(/\$(.)/g, (_whole, code: string) => codes[code.toUpperCase()] ?? '');
}
