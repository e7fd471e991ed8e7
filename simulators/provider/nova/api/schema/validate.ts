import { refuse } from '../../compute/refusal';
import { firstMismatch, type Rules } from './keywords';
import { pythonString } from './python-repr';
import type { Schema } from './schema';

/**
 * Refuses a body that does not fit, with the text of nova/api/validation/validators.py around the message of
 * Python's jsonschema: `Invalid input for field/attribute <last part of the path>. Value: <value>. <message>`.
 */
export function validateBody(schema: Schema, body: unknown, rules: Rules = { relaxed: false }): void {
  refuseMismatch(schema, body, rules, (path) => ['field/attribute', path.at(-1)]);
}

/** The same for query parameters, each with all its values; the refusal names the parameter. */
export function validateQuery(
  schema: Schema,
  query: Readonly<Record<string, readonly string[]>>,
  rules: Rules = { relaxed: false },
): void {
  refuseMismatch(schema, query, rules, (path) => ['query parameters', path[0]]);
}

function refuseMismatch(
  schema: Schema,
  value: unknown,
  rules: Rules,
  place: (path: readonly (string | number)[]) => readonly [kind: string, name: string | number | undefined],
): void {
  const found = firstMismatch(schema, value, rules);
  if (found === undefined) {
    return;
  }
  const [kind, name] = place(found.path);
  throw refuse.badRequest(
    found.whole || name === undefined
      ? found.message
      : `Invalid input for ${kind} ${name}. Value: ${pythonString(found.value)}. ${found.message}`,
  );
}
