import type { Background, Feature, Rule, Scenario, Step, Tag } from '@cucumber/messages';
import { isKnownTag } from './known-tags';

/** A scenario with what it inherits. */
export interface ScenarioInContext {
  readonly scenario: Scenario;
  readonly tags: readonly Tag[];
  readonly backgroundSteps: readonly Step[];
}

export interface LineFinding {
  readonly line: number;
  readonly message: string;
}

const FEWEST_STEPS = 3;
const MOST_STEPS = 5;
const MOST_BACKGROUND_STEPS = 4;

/** 3 to 5 steps (a Background's count towards the least), unless it is a journey. */
export function checkLength({ scenario, tags, backgroundSteps }: ScenarioInContext): LineFinding[] {
  if (isJourney(tags)) return [];
  const { steps } = scenario;
  const line = scenario.location.line;
  if (steps.length > MOST_STEPS) {
    const message = `"${scenario.name}" has ${steps.length} steps; say what, not how, in at most ${MOST_STEPS}, or tag it @journey.`;
    return [{ line, message }];
  }
  const all = steps.length + backgroundSteps.length;
  if (all >= FEWEST_STEPS) return [];
  return [
    { line, message: `"${scenario.name}" has ${all} steps; a scenario needs a Given, a When and a Then.` },
  ];
}

/** One `When`, unless it is a journey. */
export function checkOneWhen({ scenario, tags }: ScenarioInContext): LineFinding[] {
  const whens = scenario.steps.filter((step) => step.keyword.trim() === 'When');
  if (isJourney(tags) || whens.length <= 1) return [];
  const message = `"${scenario.name}" has ${whens.length} Whens; split it into scenarios of one action each, or tag it @journey.`;
  return [{ line: whens[1]!.location.line, message }];
}

/** The order Given, When, Then, unless it is a journey. */
export function checkOrder({ scenario, tags }: ScenarioInContext): LineFinding[] {
  if (isJourney(tags)) return [];
  const order = ['Given', 'When', 'Then'];
  let latest = 0;
  for (const step of scenario.steps) {
    const rank = order.indexOf(step.keyword.trim());
    if (rank === -1) continue;
    if (rank < latest) {
      return [
        {
          line: step.location.line,
          message: `"${scenario.name}" goes back to ${order[rank]} after ${order[latest]}.`,
        },
      ];
    }
    latest = rank;
  }
  return [];
}

/** No full stop, colon or the like at the end of a name or a step. */
export function checkPunctuation({ scenario }: ScenarioInContext): LineFinding[] {
  const named = { line: scenario.location.line, text: scenario.name };
  const steps = scenario.steps.map((step) => ({ line: step.location.line, text: step.text }));
  return [named, ...steps]
    .filter(({ text }) => /[.,;:!]$/.test(text.trim()))
    .map(({ line, text }) => ({ line, message: `"${text}" ends in punctuation; leave it out.` }));
}

/** A scenario says what it shows. */
export function checkNamed({ scenario }: ScenarioInContext): LineFinding[] {
  return scenario.name.trim() === ''
    ? [{ line: scenario.location.line, message: 'A scenario has no name.' }]
    : [];
}

/** At most 4 lines of Background. */
export function checkBackground(background: Background): LineFinding[] {
  if (background.steps.length <= MOST_BACKGROUND_STEPS) return [];
  const message = `The Background has ${background.steps.length} steps; nobody remembers more than ${MOST_BACKGROUND_STEPS}: move them behind one Given.`;
  return [{ line: background.location.line, message }];
}

/** A Rule, or a description under the Feature, says which behaviour the scenarios stand for. */
export function checkPurpose(feature: Feature): LineFinding[] {
  const hasRule = feature.children.some(({ rule }) => rule !== undefined && rule.name.trim() !== '');
  if (hasRule || feature.description.trim() !== '') return [];
  const message = `Feature "${feature.name}" has neither a Rule nor a description: say which behaviour it stands for.`;
  return [{ line: feature.location.line, message }];
}

/** Only tags of the list: a mistyped tag selects nothing and nobody notices. */
export function checkTags(tags: readonly Tag[]): LineFinding[] {
  return tags
    .filter(({ name }) => !isKnownTag(name))
    .map(({ name, location }) => ({
      line: location.line,
      message: `${name} is not a known tag; add it to ci/gherkin-lint/known-tags.ts if it is meant.`,
    }));
}

/** All tags written in a feature file, wherever they stand. */
export function tagsIn(feature: Feature): Tag[] {
  const rules = feature.children.flatMap(({ rule }) => (rule ? [rule] : []));
  const scenarios = [feature, ...rules].flatMap((part: Feature | Rule) =>
    part.children.flatMap(({ scenario }) => (scenario ? [scenario] : [])),
  );
  const examples = scenarios.flatMap((scenario) => scenario.examples);
  return [feature, ...rules, ...scenarios, ...examples].flatMap(({ tags }) => [...tags]);
}

function isJourney(tags: readonly Tag[]): boolean {
  return tags.some(({ name }) => name === '@journey');
}
