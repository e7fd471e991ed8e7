import type { Builtin } from '../session';
import { dir } from './dir';
import { copyFiles, deleteFiles, moveFiles, renameFile, typeFiles } from './files';
import { changeFolder, makeFolder, removeFolder } from './folders';
import { prompt, set } from './set';
import { clearScreen, echo, exit, nothing, pause, version } from './talk';

/** The commands of cmd itself, by lower-case name. */
export const builtins: readonly (readonly [name: string, command: Builtin])[] = [
  ['cd', changeFolder],
  ['chdir', changeFolder],
  ['cls', clearScreen],
  ['copy', copyFiles],
  ['del', deleteFiles],
  ['dir', dir],
  ['echo', echo],
  ['erase', deleteFiles],
  ['exit', exit],
  ['md', makeFolder],
  ['mkdir', makeFolder],
  ['move', moveFiles],
  ['pause', pause],
  ['prompt', prompt],
  ['rd', removeFolder],
  ['rem', nothing],
  ['ren', renameFile],
  ['rename', renameFile],
  ['rmdir', removeFolder],
  ['set', set],
  ['title', nothing],
  ['type', typeFiles],
  ['ver', version],
];
