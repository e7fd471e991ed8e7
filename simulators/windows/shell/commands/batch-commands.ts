import { findLabel, GotoLabel } from '../batch-frame';
import { findCommand } from '../find-command';
import { batchFrame, batchWords } from '../open-batch';
import type { Builtin } from '../session';
import { wrongSyntax } from './switch-words';

/** `goto label`, `goto :eof`; at the prompt it does nothing. */
export const goTo: Builtin = async (session, tail, { errors }) => {
  const label = tail.trim().split(/[\s,;=+]/)[0] ?? '';
  if (!session.batch) return undefined;
  if (label === '') {
    errors.write('No batch label specified to GOTO command.\r\n');
    return 1;
  }
  throw new GotoLabel(label.replace(/^:(?!eof$)/i, ''));
};

/** `call :label a b`, `call file.bat a b`, `call command`: the text's percent signs are read once more. */
export const call: Builtin = async (session, tail, io) => {
  const text = tail.replace(/^[\s,;=]+/, '');
  const { interpreter } = session.parts;
  const { batch } = session;
  if (text.startsWith(':')) {
    if (!batch) {
      io.errors.write('Invalid attempt to call batch label outside of batch script.\r\n');
      return 1;
    }
    const [label = ':', ...args] = batchWords(text);
    const position = /^:eof$/i.test(label) ? batch.lines.length : findLabel(batch, label);
    if (position === undefined) {
      io.errors.write(`The system cannot find the batch label specified - ${label.slice(1)}\r\n`);
      return 1;
    }
    const allArguments = text.slice(label.length).trim();
    const frame = { ...batch, position, args: [label, ...args], allArguments, depth: batch.depth + 1 };
    return interpreter.runFrame(session, frame, io);
  }
  const name = /^(?:"[^"]*"?|[^\s,;=/"])+/.exec(text)?.[0];
  const known = name !== undefined && session.parts.builtins.has(name.toLowerCase());
  const found =
    name === undefined || known ? undefined : await findCommand(session, name.replaceAll('"', ''));
  if (found?.kind !== 'batch' || name === undefined) return interpreter.runLine(session, text, io);
  const frame = await batchFrame(session, found.path, name, text.slice(name.length));
  return interpreter.runFrame(session, frame, io);
};

/** `shift`, `shift /2`: the arguments move up by one. */
export const shift: Builtin = async ({ batch }, tail, { errors }) => {
  const from = Number(/^\s*\/([0-8])\s*$/.exec(tail)?.[1] ?? '0');
  if (!/^\s*(\/[0-8]\s*)?$/.test(tail)) {
    errors.write('Invalid parameter to SHIFT command\r\n');
    return 1;
  }
  batch?.args.splice(from, 1);
  return undefined;
};

/** `setlocal [enabledelayedexpansion]`: changes after it are undone by `endlocal`. At the prompt it does nothing. */
export const setLocal: Builtin = async (session, tail, { errors }) => {
  const words = tail.trim().toLowerCase().split(/\s+/);
  const known = /^((en|dis)able(delayedexpansion|extensions))?$/;
  if (!words.every((word) => known.test(word))) {
    errors.write(wrongSyntax);
    return 1;
  }
  if (!session.batch) return 0;
  session.saveState();
  if (words.includes('enabledelayedexpansion')) session.delayedExpansion = true;
  if (words.includes('disabledelayedexpansion')) session.delayedExpansion = false;
  return 0;
};

/** `endlocal` brings back variables and folder as they were at the last `setlocal`. */
export const endLocal: Builtin = async (session) => {
  if (session.batch) session.restoreState();
  return undefined;
};
