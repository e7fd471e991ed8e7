import type { PickleStepArgument } from '@cucumber/messages';

/** A step's doc string as it is, its data table with aligned columns; undefined where it has neither. */
export function argumentText(argument: PickleStepArgument | undefined): string | undefined {
  if (argument?.docString) return argument.docString.content;
  const rows = argument?.dataTable?.rows.map((row) => row.cells.map(({ value }) => value));
  if (!rows) return undefined;
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const lines = rows.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  return lines.join('\n');
}
