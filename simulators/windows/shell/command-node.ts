/** `>`, `>>` and `<` of a command: stream 0 input, 1 output, 2 error output. */
export interface Redirection {
  readonly stream: 0 | 1 | 2;
  readonly mode: 'read' | 'write' | 'append';
  /** A file name, or the stream that this one shall join (`2>&1`). */
  readonly target: string | 1 | 2;
}

/** What `if` asks. Texts are as typed, quotes included, since cmd compares them with their quotes. */
export type IfTest =
  | { readonly kind: 'exist' | 'errorlevel' | 'defined' | 'cmdextversion'; readonly operand: string }
  | {
      readonly kind: 'compare';
      readonly left: string;
      readonly operator: '==' | 'equ' | 'neq' | 'lss' | 'leq' | 'gtr' | 'geq';
      readonly right: string;
    };

/** The head of a `for`: what it walks over. */
export interface ForHead {
  /** `each` has no switch; `/d` folders, `/r` a tree, `/l` numbers, `/f` lines of files, texts and commands. */
  readonly kind: 'each' | 'folders' | 'tree' | 'numbers' | 'lines';
  /** The letter behind the percent sign; its case counts. */
  readonly variable: string;
  /** Between the parentheses, carets resolved, quotes kept. */
  readonly set: string;
  /** The options of `/f` or the root of `/r`, quotes kept; empty where absent. */
  readonly option: string;
}

export type CommandNode =
  /** Text without redirections, carets resolved, quotes kept. */
  | { readonly kind: 'command'; readonly text: string; readonly redirections: readonly Redirection[] }
  | { readonly kind: 'group'; readonly body: CommandNode; readonly redirections: readonly Redirection[] }
  /** `&`, `||`, `&&`, `|`. */
  | {
      readonly kind: 'then' | 'or' | 'and' | 'pipe';
      readonly left: CommandNode;
      readonly right: CommandNode;
    }
  | {
      readonly kind: 'if';
      readonly ignoreCase: boolean;
      readonly negated: boolean;
      readonly test: IfTest;
      readonly whenTrue: CommandNode;
      readonly whenFalse: CommandNode | undefined;
    }
  /** `bodyText` is the body as typed; with echo on each turn shows it, unless it begins with `@`. */
  | { readonly kind: 'for'; readonly head: ForHead; readonly body: CommandNode; readonly bodyText: string };
