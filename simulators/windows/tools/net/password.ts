import type { AccountPolicy } from '../../../disk/sam';
import { randomBelow } from '../../random';
import type { LineInput, ProgramContext } from '../../shell';
import { ask, type NetOptions } from './command';
import { NetFailure, netFailure } from './failure';

/** Longest password that net sets without a question. */
const OLD_LIMIT = 14;

/**
 * The password that the words of `net user` mean: as given, typed twice for `*`, drawn for `/random`. Asks about one of
 * more than 14 characters, as the real net does.
 */
export async function passwordFor(
  context: ProgramContext,
  options: NetOptions,
  given: string | undefined,
): Promise<string | undefined> {
  if (options.switches.has('random')) return randomPassword();
  const password = given === '*' ? await typedTwice(context) : given;
  if (password !== undefined && password.length > OLD_LIMIT) {
    const question =
      'The password entered is longer than 14 characters.  Computers\r\n' +
      'with Windows prior to Windows 2000 will not be able to use\r\n' +
      'this account. Do you want to continue this operation? (Y/N) [Y]: ';
    if (!(await ask(context, options, question, true))) throw new NetFailure('');
  }
  return password;
}

/** Throws message 2245 for a password that the policy does not allow. */
export function checkPolicy(policy: AccountPolicy, user: string, password: string): void {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((kind) => kind.test(password)).length;
  const simple = kinds < 3 || password.toLowerCase().includes(user.toLowerCase());
  const tooShort = password.length < policy.minimumPasswordLength;
  if (tooShort || (policy.complexPasswords && simple)) throw netFailure(2245);
}

async function typedTwice({ input, output }: ProgramContext): Promise<string> {
  const keys = new HiddenLines(input);
  for (;;) {
    const first = await prompted(keys, output, 'Type a password for the user: ');
    const second = await prompted(keys, output, 'Retype the password to confirm: ');
    if (first === second) return first;
    output.write('The passwords do not match.\r\n');
  }
}

async function prompted(
  keys: HiddenLines,
  output: ProgramContext['output'],
  prompt: string,
): Promise<string> {
  output.write(prompt);
  const line = await keys.read();
  output.write('\r\n');
  if (line === undefined) throw new NetFailure('No valid response was provided.\r\n\r\n');
  return line;
}

/** Lines that are not shown while they are typed. */
class HiddenLines {
  #afterReturn = false;

  constructor(private readonly input: LineInput) {}

  /** Undefined at the end of input. */
  async read(): Promise<string | undefined> {
    let line: string[] = [];
    for (let first = true; ; first = false) {
      const key = await this.input.readKey();
      if (key === undefined) return first ? undefined : line.join('');
      // A pipe's line ends are two characters, a terminal's Enter is one.
      if (key === '\n' && this.#afterReturn && line.length === 0) {
        this.#afterReturn = false;
        continue;
      }
      this.#afterReturn = key === '\r';
      if (key === '\r' || key === '\n') return line.join('');
      if (key === '\b' || key === '\u007f') line = line.slice(0, -1);
      else line.push(key);
    }
  }
}

/** Eight characters that fit every policy of complexity. */
function randomPassword(): string {
  const kinds = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '%&@#$?'];
  const pick = (characters: string) => characters.charAt(randomBelow(characters.length));
  return Array.from({ length: 8 }, (_x, index) => pick(kinds[index % kinds.length]!)).join('');
}
