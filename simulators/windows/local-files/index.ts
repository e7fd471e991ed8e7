export { type FilePatch, patchFiles } from './patch-files';
export { replaceFile } from './replace-file';
export { settle } from './settle';
