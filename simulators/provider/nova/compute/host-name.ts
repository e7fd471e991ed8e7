/** The host name of a server with this name: letters, digits and hyphens, 63 at most (nova/utils.py `sanitize_hostname`). */
export function hostNameOf(name: string, otherwise = ''): string {
  const text = [...name]
    .filter((character) => (character.codePointAt(0) ?? 0) < 256)
    .join('')
    .slice(0, 63)
    .replaceAll(/[ _.]/g, '-')
    .replaceAll(/[^\p{L}\p{N}.-]+/gu, '')
    .toLowerCase()
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  return text === '' ? otherwise.slice(0, 63) : text;
}
