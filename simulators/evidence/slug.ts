const LONGEST_SLUG = 80;

/** A name as a folder or file name: lower case ASCII words joined by hyphens, at most 80 characters, never empty. */
export function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[`'’]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  return words === '' ? 'unnamed' : words;
}

/** The evidence folder's name for a scenario: `<feature file>--<scenario>`, so that folders sort by feature. */
export function scenarioSlug(scenario: { readonly uri: string; readonly name: string }): string {
  const file = scenario.uri
    .split('/')
    .at(-1)!
    .replace(/\.feature$/, '');
  return `${slug(file)}--${slug(scenario.name)}`;
}
