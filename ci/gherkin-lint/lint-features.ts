import type { Background, Feature, FeatureChild, Tag } from '@cucumber/messages';
import { type FeatureFile, type Finding, readFeature } from './read-feature';
import {
  checkBackground,
  checkLength,
  checkNamed,
  checkOneWhen,
  checkOrder,
  checkPunctuation,
  checkPurpose,
  checkTags,
  type LineFinding,
  type ScenarioInContext,
  tagsIn,
} from './rules';

const SCENARIO_RULES = [checkNamed, checkLength, checkOneWhen, checkOrder, checkPunctuation];

/** Checks feature files against the house rules for Gherkin. Findings come in the order of the files and lines. */
export function lintFeatures(files: readonly { readonly uri: string; readonly text: string }[]): Finding[] {
  const read = files.map(({ uri, text }) => readFeature(uri, text));
  const findings = read.flatMap((file) => [...file.errors, ...lintFile(file)]);
  return [...findings, ...duplicateNames(read)].sort((a, b) => a.uri.localeCompare(b.uri) || a.line - b.line);
}

function lintFile({ uri, feature }: FeatureFile): Finding[] {
  if (!feature) return [];
  const found: LineFinding[] = [
    ...checkPurpose(feature),
    ...checkTags(tagsIn(feature)),
    ...backgroundsIn(feature).flatMap(checkBackground),
    ...scenariosIn(feature).flatMap((scenario) => SCENARIO_RULES.flatMap((rule) => rule(scenario))),
  ];
  return found.map((finding) => ({ uri, ...finding }));
}

/** A name stands for one scenario in the whole suite: reports, evidence folders and `--name` rely on it. */
function duplicateNames(files: readonly FeatureFile[]): Finding[] {
  const first = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { uri, feature } of files) {
    for (const { scenario } of feature ? scenariosIn(feature) : []) {
      const { name, location } = scenario;
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, `${uri}:${location.line}`);
      else
        findings.push({
          uri,
          line: location.line,
          message: `"${name}" is also the name of the scenario at ${earlier}.`,
        });
    }
  }
  return findings;
}

function scenariosIn(feature: Feature): ScenarioInContext[] {
  const inFeature = collect(feature.children, feature.tags, []);
  const shared = feature.children.flatMap(({ background }) => background?.steps ?? []);
  const inRules = feature.children.flatMap(({ rule }) =>
    rule ? collect(rule.children, [...feature.tags, ...rule.tags], shared) : [],
  );
  return [...inFeature, ...inRules];
}

function collect(
  children: readonly Omit<FeatureChild, 'rule'>[],
  inherited: readonly Tag[],
  shared: ScenarioInContext['backgroundSteps'],
): ScenarioInContext[] {
  const backgroundSteps = [...shared, ...children.flatMap(({ background }) => background?.steps ?? [])];
  return children.flatMap(({ scenario }) =>
    scenario ? [{ scenario, tags: [...inherited, ...scenario.tags], backgroundSteps }] : [],
  );
}

function backgroundsIn(feature: Feature): Background[] {
  const children = [...feature.children, ...feature.children.flatMap(({ rule }) => rule?.children ?? [])];
  return children.flatMap(({ background }) => (background ? [background] : []));
}
