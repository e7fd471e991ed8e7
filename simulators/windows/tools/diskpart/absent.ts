import type { Command } from './command';
import { serviceFailure } from './failure';

/** A command that real diskpart has and the stand-in has not. Our text. */
export const absent: Command = async () => {
  throw serviceFailure('This stand-in does not have this command. Nothing was changed.');
};
