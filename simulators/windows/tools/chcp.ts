import { isCodePage, type Program, USUAL_CODE_PAGE } from '../shell';

/**
 * `chcp [nnn]`: shows or sets the console's code page, of which there are 437, 850 and 65001. Texts: seen in transcripts on
 * public pages; that of a parameter which is no number is general knowledge.
 */
export const chcp: Program = async ({ args, output, errors, console = { codePage: USUAL_CODE_PAGE } }) => {
  const [text] = args;
  if (text !== undefined) {
    if (!/^\d+$/.test(text)) {
      errors.write(`Parameter format not correct - ${text}\r\n`);
      return 1;
    }
    if (!isCodePage(Number(text))) {
      errors.write('Invalid code page\r\n');
      return 1;
    }
    console.codePage = Number(text);
  }
  output.write(`Active code page: ${console.codePage}\r\n`);
  return 0;
};
