export interface FeatureArguments {
  /** Another configuration file than cucumber.js. */
  readonly config: string | undefined;
  readonly profiles: readonly string[];
  /** What cucumber-js's own parser takes. */
  readonly rest: readonly string[];
}

/** Our profile names who gets a second attempt, and cucumber-js takes that for a mistake where there are none. */
const nobodyAgain = ['--retry', '1', '--retry-tag-filter', '@vm and not @vm'];

/** Takes `-c`/`--config` and `-p`/`--profile` out of cucumber-js arguments: its API wants them apart from the rest. */
export function splitArguments(argv: readonly string[]): FeatureArguments {
  const profiles: string[] = [];
  const rest: string[] = [];
  let config: string | undefined;
  for (let index = 0; index < argv.length; index += 1) {
    const [, option, inline] = /^(-c|--config|-p|--profile)(?:=(.+))?$/.exec(argv[index]!) ?? [];
    if (option === undefined) {
      rest.push(argv[index]!);
      continue;
    }
    if (inline === undefined) index += 1;
    const value = inline ?? argv[index];
    if (value === undefined) throw new Error(`${option} needs a value.`);
    if (option.endsWith('config') || option === '-c') config = value;
    else profiles.push(value);
  }
  return {
    config,
    profiles,
    rest: /(?:^|\n)--retry[=\n]0(?:\n|$)/.test(rest.join('\n')) ? [...rest, ...nobodyAgain] : rest,
  };
}
