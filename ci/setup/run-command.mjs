import { spawn } from 'node:child_process';

const KEPT_OUTPUT = 200_000;

/**
 * @typedef {object} CommandResult
 * @property {number} code exit code; 127 when the program does not exist, 128 + n after signal n
 * @property {string} stdout
 * @property {string} stderr
 *
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {Record<string, string | undefined>} [env] the whole environment
 * @property {(line: string) => void} [onLine] each line of standard output and standard error as it comes
 *
 * @typedef {(command: readonly string[], options?: CommandOptions) => Promise<CommandResult>} Run
 */

/**
 * Runs a program without a shell and without a terminal, and collects what it prints. Never throws for a bad exit.
 * @type {Run}
 */
export function runCommand([program = '', ...args], options = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (options.env ?? process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const kept = { stdout: '', stderr: '' };
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      let rest = '';
      child[name].setEncoding('utf8');
      child[name].on('data', (/** @type {string} */ chunk) => {
        kept[name] = (kept[name] + chunk).slice(-KEPT_OUTPUT);
        const lines = (rest + chunk).split('\n');
        rest = lines.pop() ?? '';
        if (options.onLine) lines.forEach(options.onLine);
      });
    }
    child.on('error', (error) => resolve({ code: 127, stdout: kept.stdout, stderr: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 128, ...kept }));
  });
}
