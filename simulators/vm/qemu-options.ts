type OptionValue = string | number | boolean | undefined;

/** `head,key=value,...` as QEMU parses it: commas inside values doubled, booleans on/off, undefined left out. */
export function qemuOptions(head: string, options: Readonly<Record<string, OptionValue>>): string {
  const parts = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${optionValue(value)}`],
  );
  return [head, ...parts].join(',');
}

function optionValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return String(value).replaceAll(',', ',,');
}
