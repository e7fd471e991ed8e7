/** Titles with names and values below, in columns; an object's members are named `object.member`. */
export function printSections(sections: readonly (readonly [title: string, rows: object])[]): string {
  return sections
    .map(([title, rows]) => {
      const flat = flattened(rows);
      const width = Math.max(...flat.map(([name]) => name.length));
      return `${title}\n${flat.map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`).join('')}\n`;
    })
    .join('');
}

function flattened(rows: object, prefix = ''): [string, string][] {
  return Object.entries(rows).flatMap(([name, value]): [string, string][] =>
    typeof value === 'object' && value !== null
      ? flattened(value, `${prefix}${Array.isArray(rows) ? Number(name) + 1 : name}.`)
      : [[`${prefix}${Array.isArray(rows) ? Number(name) + 1 : name}`, String(value)]],
  );
}

/** The certificate is for programs: it takes a dozen lines. */
export function withoutPem<Api extends { readonly https?: { readonly endpoint: string } }>(api: Api): object {
  return { ...api, ...(api.https && { https: api.https.endpoint }) };
}
