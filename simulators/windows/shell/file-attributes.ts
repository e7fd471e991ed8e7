/** FILE_ATTRIBUTE_* of Windows ([MS-FSCC] 2.6), as NTFS stores them. */
export const FileAttribute = {
  readOnly: 0x01,
  hidden: 0x02,
  system: 0x04,
  folder: 0x10,
  archive: 0x20,
  reparsePoint: 0x400,
  notIndexed: 0x2000,
} as const;

/** Letters by which cmd calls the attributes (`dir /a:h`, `attrib +r`). */
const letters: Readonly<Record<string, number>> = {
  r: FileAttribute.readOnly,
  h: FileAttribute.hidden,
  s: FileAttribute.system,
  d: FileAttribute.folder,
  a: FileAttribute.archive,
  l: FileAttribute.reparsePoint,
  i: FileAttribute.notIndexed,
};

export function attributeOfLetter(letter: string): number | undefined {
  return letters[letter.toLowerCase()];
}

/**
 * A test of attributes from the letters of `/a`: `hs` wants both, `-d` wants none of it. Undefined for letters that
 * cmd does not know.
 */
export function attributeFilter(text: string): ((attributes: number) => boolean) | undefined {
  const wanted = [...text.replace(/^:/, '').matchAll(/(-?)(.)/g)].map(([, minus, letter = '']) => ({
    want: minus === '',
    bit: attributeOfLetter(letter),
  }));
  if (wanted.some(({ bit }) => bit === undefined) || text.endsWith('-')) return undefined;
  return (attributes) => wanted.every(({ want, bit = 0 }) => ((attributes & bit) !== 0) === want);
}

/** Hidden or system: what `dir`, `copy`, `ren`, `move` and `del` pass over unless told otherwise. */
export function isConcealed(attributes: number): boolean {
  return (attributes & (FileAttribute.hidden | FileAttribute.system)) !== 0;
}
