import { generateMessages } from '@cucumber/gherkin';
import { type Feature, IdGenerator, SourceMediaType } from '@cucumber/messages';

export interface Finding {
  readonly uri: string;
  readonly line: number;
  readonly message: string;
}

export interface FeatureFile {
  readonly uri: string;
  readonly feature: Feature | undefined;
  readonly errors: readonly Finding[];
}

/** Parses one feature file into its syntax tree; what cannot be parsed comes back as findings. */
export function readFeature(uri: string, text: string): FeatureFile {
  const envelopes = generateMessages(text, uri, SourceMediaType.TEXT_X_CUCUMBER_GHERKIN_PLAIN, {
    newId: IdGenerator.incrementing(),
    includeSource: false,
    includeGherkinDocument: true,
    includePickles: false,
  });
  const errors = envelopes.flatMap(({ parseError }) =>
    parseError ? [{ uri, line: parseError.source.location?.line ?? 1, message: parseError.message }] : [],
  );
  const document = envelopes.find(({ gherkinDocument }) => gherkinDocument)?.gherkinDocument;
  return { uri, feature: document?.feature, errors };
}
