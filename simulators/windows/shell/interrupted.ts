/** Ctrl-C was typed while a program was reading. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor() {
    super('Ctrl-C ended the program.');
  }
}
