import { randomBelow } from '../random';
import { shortDate, shortTime } from './clock-text';
import type { ShellSession } from './session';

/** A variable's value: what `set` gave it, else those that cmd makes up anew each time (`%CD%`, `%RANDOM%`, ...). */
export function variableValue(session: ShellSession, name: string): string | undefined {
  const set = session.environment.get(name);
  if (set !== undefined) return set;
  switch (name.toUpperCase()) {
    case 'CD':
      return session.folder;
    case 'ERRORLEVEL':
      return String(session.errorLevel);
    case 'DATE':
      return shortDate(new Date());
    case 'TIME':
      return shortTime(new Date());
    case 'RANDOM':
      return String(randomBelow(32768));
    case 'CMDEXTVERSION':
      return '2';
    case 'CMDCMDLINE':
      return session.environment.get('ComSpec');
    default:
      return undefined;
  }
}
