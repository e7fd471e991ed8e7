import { de } from './de';
import { en } from './en';
import { fr } from './fr';

export { fill, type Texts } from './texts';

/** The languages of the panel; the first one is for everybody else. */
export const LANGUAGES = { en, fr, de } as const;
export type Language = keyof typeof LANGUAGES;
