import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/**
 * Runs a TypeScript file of this repository, or a bundle of one, under Node.js 24 and resolves with its exit code. The child ends when this
 * process does, however that happens: see parent-guard.cjs.
 * @param {{ node: string, root: string, file: string, args: readonly string[], env: NodeJS.ProcessEnv, through?: readonly string[] }} target
 *   `through` is a program with arguments that starts the rest of its command line, e.g. `unshare`
 * @returns {Promise<number>}
 */
export function handOver({ node, root, file, args, env, through = [] }) {
  const preload = ['-r', join(root, 'ci/setup/parent-guard.cjs')];
  const translate = file.endsWith('.ts') ? ['-r', 'ts-node/register'] : [];
  const [program = node, ...words] = [
    ...through,
    node,
    ...preload,
    ...translate,
    resolve(root, file),
    ...args,
  ];
  const child = spawn(program, words, {
    cwd: root,
    env: {
      ...env,
      // Paths on the command line are meant from where it was typed.
      INIT_CWD: env['INIT_CWD'] ?? process.cwd(),
      PATH: [dirname(node), join(root, 'node_modules/.bin'), env['PATH'] ?? ''].join(delimiter),
      TS_NODE_PROJECT: join(root, 'tsconfig.json'),
    },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  const stopWatching = passSignalsOn(child, env);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      stopWatching();
      resolve(signal ? 128 + constants.signals[signal] : (code ?? 1));
    });
  });
}

/**
 * On a terminal Ctrl-C reaches the child by itself, as it is in the same process group; otherwise it is passed on like
 * the other signals. The child decides when all is cleaned up.
 * @param {import('node:child_process').ChildProcess} child
 * @param {NodeJS.ProcessEnv} env
 * @returns {() => void} undoes it
 */
function passSignalsOn(child, env) {
  const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
  const forward = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  process.on('SIGINT', interrupt).on('SIGTERM', forward).on('SIGHUP', forward);
  // npm passes signals on too, but nothing can when it is killed outright; then this process gets another parent.
  const npm = env['npm_lifecycle_event'] ? process.ppid : undefined;
  const orphan = setInterval(() => npm !== undefined && process.ppid !== npm && child.kill('SIGTERM'), 1000);
  return () => {
    clearInterval(orphan);
    process.off('SIGINT', interrupt).off('SIGTERM', forward).off('SIGHUP', forward);
  };
}
