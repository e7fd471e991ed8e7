import { execFile } from 'node:child_process';
import type { Run } from './host-options';

/** Runs a program without a shell. Its error output ends up in the error's sentence. */
export const runCommand: Run = (command, args) =>
  new Promise((resolve, reject) => {
    execFile(command, [...args], { maxBuffer: 1 << 20 }, (error, output, errorOutput) => {
      if (!error) {
        resolve(output);
        return;
      }
      const line = [command, ...args].join(' ');
      const seen = errorOutput.trim() || output.trim() || error.message;
      reject(new Error(`Running "${line}" failed: ${seen}`, { cause: error }));
    });
  });
