/** The upper halves of the code pages that consoles of English and Western European systems have (Unicode's mapping tables). */
const UPPER_HALVES: Readonly<Record<number, string>> = {
  437: 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0',
  850:
    'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀' +
    'ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0',
};
export const UTF8_CODE_PAGE = 65_001;
/** That of a server in the United States. */
export const USUAL_CODE_PAGE = 437;

const characters = new Map(Object.entries(UPPER_HALVES).map(([page, half]) => [Number(page), [...half]]));
const bytesOf = new Map(
  [...characters].map(([page, half]) => [
    page,
    new Map(half.map((character, index) => [character, 128 + index])),
  ]),
);

/** Whether text can be written in this code page: 437, 850 and 65001 (UTF-8). */
export function isCodePage(page: number): boolean {
  return page === UTF8_CODE_PAGE || characters.has(page);
}

/** A character that the code page lacks becomes `?` (our choice: Windows looks for a similar one first). */
export function encodeInCodePage(text: string, page: number): Uint8Array {
  const bytes = bytesOf.get(page);
  if (bytes === undefined) return new TextEncoder().encode(text);
  return Uint8Array.from([...text], (character) => {
    const code = character.codePointAt(0)!;
    return code < 128 ? code : (bytes.get(character) ?? 0x3f);
  });
}

/** Bytes of a code page as those of UTF-8, which the shell reads. */
export function toUtf8(bytes: Uint8Array, page: number): Uint8Array {
  const half = characters.get(page);
  if (half === undefined) return bytes;
  const text = Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : half[byte - 128]));
  return new TextEncoder().encode(text.join(''));
}
