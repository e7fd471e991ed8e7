/** What each verb takes. The syntax is Windows', the layout of the page is ours. */
const SYNTAX = {
  query: 'KeyName [/v ValueName | /ve] [/s] [/f Data [/k] [/d] [/c] [/e]] [/t Type] [/z] [/se Separator]',
  add: 'KeyName [/v ValueName | /ve] [/t Type] [/s Separator] [/d Data] [/f]',
  delete: 'KeyName [/v ValueName | /ve | /va] [/f]',
  copy: 'KeyName1 KeyName2 [/s] [/f]',
  save: 'KeyName FileName [/y]',
  restore: 'KeyName FileName',
  load: 'KeyName FileName',
  unload: 'KeyName',
  export: 'KeyName FileName [/y]',
  import: 'FileName',
} as const;

export type RegVerb = keyof typeof SYNTAX;

/** Help of one verb, or the list of all. */
export function helpText(verb?: RegVerb): string {
  if (verb !== undefined) return `\r\nREG ${verb.toUpperCase()} ${SYNTAX[verb]}\r\n\r\n`;
  const verbs = Object.keys(SYNTAX).map((name) => name.toUpperCase());
  return (
    `\r\nREG Operation [Parameter List]\r\n\r\n  Operation  [ ${verbs.join(' | ')} ]\r\n\r\n` +
    'Return Code: (Except for REG COMPARE)\r\n\r\n  0 - Successful\r\n  1 - Failed\r\n\r\n' +
    'For help on a specific operation type:\r\n\r\n  REG Operation /?\r\n\r\n'
  );
}
