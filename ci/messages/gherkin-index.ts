import type { Feature, GherkinDocument, Rule, Scenario } from '@cucumber/messages';

/** Where a scenario stands in its feature file. */
export interface ScenarioPlace {
  readonly feature: string;
  readonly rule: string | undefined;
  readonly line: number;
}

/** Finds features, rules, keywords and lines by the node ids that pickles refer to. */
export class GherkinIndex {
  readonly #places = new Map<string, ScenarioPlace>();
  readonly #keywords = new Map<string, string>();
  readonly #lines = new Map<string, number>();

  add(document: GherkinDocument): void {
    const { feature } = document;
    if (!feature) return;
    for (const child of feature.children) {
      if (child.rule) this.#addRule(feature, child.rule);
      else this.#addChild(feature, undefined, child);
    }
  }

  /** By the first node id of a pickle; the line is that of its example row, where it has one. */
  place(astNodeIds: readonly string[]): ScenarioPlace | undefined {
    const [scenario = '', row] = astNodeIds;
    const place = this.#places.get(scenario);
    const line = row === undefined ? undefined : this.#lines.get(row);
    return place && line !== undefined ? { ...place, line } : place;
  }

  /** `Given`, `When`, ... of a step, without the space behind it. */
  keyword(astNodeIds: readonly string[]): string {
    return this.#keywords.get(astNodeIds[0] ?? '') ?? '';
  }

  #addRule(feature: Feature, rule: Rule): void {
    for (const child of rule.children) this.#addChild(feature, rule, child);
  }

  #addChild(
    feature: Feature,
    rule: Rule | undefined,
    child: { readonly background?: { readonly steps: Scenario['steps'] }; readonly scenario?: Scenario },
  ): void {
    for (const step of [...(child.background?.steps ?? []), ...(child.scenario?.steps ?? [])]) {
      this.#keywords.set(step.id, step.keyword.trim());
    }
    const { scenario } = child;
    if (!scenario) return;
    this.#places.set(scenario.id, { feature: feature.name, rule: rule?.name, line: scenario.location.line });
    for (const row of scenario.examples.flatMap((examples) => examples.tableBody)) {
      this.#lines.set(row.id, row.location.line);
    }
  }
}
