import { interact } from '../interact';
import { executeCommand } from '../interpreter';
import type { Builtin } from '../session';

/**
 * cmd takes the first and the last quote off, unless there are just these two and they hold a program's name
 * (`cmd /?`: the rules for quotes behind /C).
 */
function withoutOuterQuotes(text: string): string {
  if (!text.startsWith('"')) return text;
  const quotes = text.split('"').length - 1;
  const [, name = '', behind = ''] = /^"([^"]*)"(.*)$/s.exec(text) ?? [];
  if (quotes === 2 && (behind.trim() !== '' || /\.(exe|com|bat|cmd)$/i.test(name))) return text;
  const last = text.lastIndexOf('"');
  return last === 0 ? text.slice(1) : text.slice(1, last) + text.slice(last + 1);
}

/**
 * `cmd`, `cmd /c command`, `cmd /k command`; `/v:on` turns delayed expansion on, `/q` echo off. Other switches are taken
 * and have no effect.
 */
export const cmd: Builtin = async (session, tail, io) => {
  const nested = session.fork();
  const [, before = tail, kind, rest = ''] = /^(.*?)\/([ckr])(?=[\s"]|$)\s*(.*)$/is.exec(tail) ?? [];
  if (/\/v(:on)?(?=\s|$)/i.test(before)) nested.delayedExpansion = true;
  if (/\/v:off(?=\s|$)/i.test(before)) nested.delayedExpansion = false;
  nested.echo = !/\/q(?=\s|$)/i.test(before);
  if (kind === undefined) return interact(nested, io);
  const code = await executeCommand(nested, withoutOuterQuotes(rest), io);
  return kind.toLowerCase() === 'k' && nested.exitCode === undefined
    ? interact(nested, io, { banner: false })
    : code;
};
