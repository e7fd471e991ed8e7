import type { Builtin } from '../session';
import { call, endLocal, goTo, setLocal, shift } from './batch-commands';
import { date, time } from './clock';
import { cmd } from './cmd';
import { copyFiles } from './copy-files';
import { deleteFiles } from './delete-files';
import { dir } from './dir';
import { changeFolder, makeFolder, popFolder, pushFolder, removeFolder } from './folders';
import { help } from './help';
import { moveFiles } from './move-files';
import { renameFiles } from './rename-files';
import { path, prompt, set } from './set';
import { clearScreen, color, echo, exit, nothing, pause, title, verify, version } from './talk';
import { typeFiles } from './type-files';
import { volume } from './volume';
import { where } from './where';

/** The commands of cmd itself, by lower-case name; `cmd` and `where` are among them because they need the session. */
export const builtins: readonly (readonly [name: string, command: Builtin])[] = [
  ['break', nothing],
  ['call', call],
  ['cd', changeFolder],
  ['chdir', changeFolder],
  ['cls', clearScreen],
  ['cmd', cmd],
  ['color', color],
  ['copy', copyFiles],
  ['date', date],
  ['del', deleteFiles],
  ['dir', dir],
  ['echo', echo],
  ['endlocal', endLocal],
  ['erase', deleteFiles],
  ['exit', exit],
  // `for` and `if` are no commands but part of the language; only their help is asked for in this way.
  ['for', nothing],
  ['goto', goTo],
  ['help', help],
  ['if', nothing],
  ['md', makeFolder],
  ['mkdir', makeFolder],
  ['move', moveFiles],
  ['path', path],
  ['pause', pause],
  ['popd', popFolder],
  ['prompt', prompt],
  ['pushd', pushFolder],
  ['rd', removeFolder],
  ['rem', nothing],
  ['ren', renameFiles],
  ['rename', renameFiles],
  ['rmdir', removeFolder],
  ['set', set],
  ['setlocal', setLocal],
  ['shift', shift],
  ['time', time],
  ['title', title],
  ['type', typeFiles],
  ['ver', version],
  ['verify', verify],
  ['vol', volume],
  ['where', where],
];
