import { setImmediate } from 'node:timers/promises';
import type { Program } from '../shell';
import { WindowsHostError } from '../windows-host';

/** Switches that take a word behind them. */
const withWord = new Set(['/t', '/c', '/m']);
const plain = new Set(['/r', '/s', '/p', '/g', '/sg', '/l', '/a', '/f', '/h', '/hybrid', '/o', '/i', '/e']);

interface Request {
  readonly action: string | undefined;
}

function parse(args: readonly string[]): Request | undefined {
  const actions: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = (args[index] ?? '').toLowerCase().replace(/^-/, '/');
    if (word === '/d') {
      // `/d p:2:4`, `/d u:5:6`: the reason is kept nowhere.
      if (!/^([pu]:)?\d+:\d+$/i.test(args[++index] ?? '')) return undefined;
    } else if (withWord.has(word)) {
      const value = args[++index];
      if (value === undefined) return undefined;
      // The longest wait is ten years, in seconds.
      if (word === '/t' && !(/^\d{1,9}$/.test(value) && Number(value) <= 315360000)) return undefined;
    } else if (!plain.has(word)) return undefined;
    else if (!['/f', '/hybrid'].includes(word)) actions.push(word);
  }
  return actions.length > 1 ? undefined : { action: actions[0] };
}

/**
 * `shutdown /r | /s | /p | /g | /sg [/f] [/t seconds] [/c text] [/d reason]`: the machine goes down as soon as the command
 * has run, whatever the delay (our choice: nobody waits in a scenario). So `/a` never finds anything to stop.
 */
export const shutdown: Program = async ({ host, args, errors }) => {
  const request = parse(args);
  const refuse = (message: string, code: number): number => {
    errors.write(`${message}(${code})\r\n`);
    return code;
  };
  switch (request?.action) {
    case '/r':
    case '/g':
    case '/s':
    case '/sg':
    case '/p': {
      const restart = request.action === '/r' || request.action === '/g';
      const down = restart ? host.restart() : host.shutdown();
      down.catch((error: unknown) => {
        if (!(error instanceof WindowsHostError)) console.error('The system could not go down:', error);
      });
      // As on Windows the command has succeeded once the shutdown has begun; the session ends a moment later.
      const refused = await Promise.race([down.catch((error: unknown) => error), setImmediate()]);
      if (!(refused instanceof WindowsHostError)) return 0;
      errors.write(`${refused.message}\r\n`);
      return 1;
    }
    case '/a':
      return refuse('Unable to abort the system shutdown because no shutdown was in progress.', 1116);
    case '/l':
      // Our texts, for these three.
      errors.write('This stand-in ends a session with "exit", not with "shutdown /l".\r\n');
      return 1;
    case '/h':
      errors.write('Hibernation is not enabled on this system.\r\n');
      return 1;
    case '/o':
    case '/i':
    case '/e':
      errors.write(`This stand-in does not have "shutdown ${request.action}". Use /r or /s.\r\n`);
      return 1;
    default:
      return refuse('The parameter is incorrect.', 87);
  }
};
