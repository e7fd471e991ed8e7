import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { EXIT_CODE_TABLE, ExitCode } from '../setup/exit-codes.mjs';

const bin = join(__dirname, '../bin/rescue-lab.mjs');
const rescueLab = (...args: string[]) => execa({ reject: false })(process.execPath, [bin, ...args]);

describe('rescue-lab', () => {
  it.each([[[]], [['run']], [['up']], [['doctor']], [['images']], [['images', 'prune']]])(
    'documents its exit codes: %o --help',
    async (command) => {
      const { stdout, exitCode } = await rescueLab(...command, '--help');
      expect(exitCode).toBe(ExitCode.ok);
      for (const [code, meaning] of EXIT_CODE_TABLE)
        expect(stdout).toContain(`${String(code).padStart(3)}  ${meaning}`);
    },
  );

  it('refuses what it does not know', async () => {
    const { stderr, exitCode } = await rescueLab('upp');
    expect(exitCode).toBe(ExitCode.usage);
    expect(stderr).toContain("unknown command 'upp'");
  });

  it('names the images there are when one is asked for that is not', async () => {
    const { stderr, exitCode } = await rescueLab('images', 'verify', 'kernal');
    expect(exitCode).toBe(ExitCode.failed);
    expect(stderr).toMatch(/^There is no image "kernal"; there are: \S+, kernel, /);
  });
});
