import type { Builtin } from '../session';
import { joinPath } from '../windows-path';
import { findMatches } from './matching-files';
import { switchWords } from './switch-words';

const executable = ['.com', '.exe', '.bat', '.cmd'];

/**
 * `where name ...`: files of that name in the current folder and in `%PATH%`; `/q` says nothing. The stand-in's tools are
 * shown where Windows has them, in System32. 0 found, 1 not.
 */
export const where: Builtin = async (session, tail, { output, errors }) => {
  const { names, switches } = switchWords(tail);
  const unknown = [...switches].find((one) => one !== '/q');
  if (names.length === 0 || unknown !== undefined) {
    // Our text; /r, /f and /t are not here.
    errors.write('ERROR: Invalid argument or option.\r\nType "WHERE /?" for usage help.\r\n');
    return 2;
  }
  const system = `${session.environment.get('SystemRoot') ?? ''}\\System32`;
  const folders = [session.folder, ...(session.environment.get('Path') ?? '').split(';')];
  let missing = 0;
  for (const name of names) {
    const found = new Map<string, string>();
    for (const folder of folders.filter((one) => one.trim() !== '')) {
      for (const extension of ['', ...executable]) {
        const matches = await findMatches(session, joinPath(folder, `${name}${extension}`)).catch(() => []);
        for (const { path, facts } of matches) if (!facts.folder) found.set(path.toLowerCase(), path);
      }
      if (folder.toLowerCase() === system.toLowerCase()) {
        const tool = name.toLowerCase().replace(/\.exe$/, '');
        const path = joinPath(system, `${tool}.exe`);
        // These two are commands of the stand-in's cmd; on Windows they are files like the others.
        if (session.parts.programs.has(tool) || tool === 'cmd' || tool === 'where')
          found.set(path.toLowerCase(), path);
      }
    }
    if (found.size === 0) {
      missing++;
      if (!switches.has('/q')) errors.write('INFO: Could not find files for the given pattern(s).\r\n');
    }
    if (!switches.has('/q')) for (const path of found.values()) output.write(`${path}\r\n`);
  }
  return missing > 0 ? 1 : 0;
};
