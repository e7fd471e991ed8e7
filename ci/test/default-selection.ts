/** What a run leaves out that chooses nothing: the scenarios of the long set take half an hour and more. */
const LONG_SET = ['--tags', 'not @long'];

/**
 * The arguments of cucumber-js, with the long set left out where they choose no scenarios by tag, name, profile or path.
 */
export function defaultSelection(argv: readonly string[]): readonly string[] {
  const chooses = /^(?:-t|--tags|-n|--name|-p|--profile)(?:=|$)|^(?!-).*(?:\.feature|\/)/;
  return argv.some((argument) => chooses.test(argument)) ? argv : [...argv, ...LONG_SET];
}
