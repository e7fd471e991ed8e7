import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand, runTyped } from '../../shell/testing/run';
import { programs, rescueHost } from './testing/session';

describe('a script', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'diskpart-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const run = async (host: MemoryHost, text: string) => {
    await writeFile(join(root, 'fix.txt'), text);
    return runCommand({ host, programs }, 'diskpart /s C:\\fix.txt');
  };

  it('runs without prompts', async () => {
    const { output, exitCode } = await run(
      rescueHost(root),
      'rem a comment\r\nselect disk=1\r\nonline disk\r\n',
    );
    expect(exitCode).toBe(0);
    expect(output).not.toContain('DISKPART>');
    expect(output.split('\r\n').slice(5)).toEqual([
      '',
      'Disk 1 is now the selected disk.',
      '',
      'DiskPart successfully onlined the selected disk.',
      '',
      'Leaving DiskPart...',
      '',
    ]);
  });

  it('stops at an error that is not expected', async () => {
    const { output, exitCode } = await run(rescueHost(root), 'online disk\nlist disk\n');
    expect(exitCode).toBe(4);
    expect(output).not.toContain('Disk ###');
    expect((await run(rescueHost(root), 'online disk noerr\nlist disk\n')).output).toContain('Disk ###');
    expect((await run(rescueHost(root), 'frobnicate\n')).exitCode).toBe(5);
    expect((await runCommand({ host: rescueHost(root), programs }, 'diskpart /s C:\\no.txt')).exitCode).toBe(
      3,
    );
    expect((await runCommand({ host: rescueHost(root), programs }, 'diskpart /x')).exitCode).toBe(2);
  });

  it('goes on with noerr after what was refused, not after what was written wrongly', async () => {
    const refused = await run(rescueHost(root), 'select disk 1\noffline volume noerr\nlist disk\n');
    expect(refused.exitCode).toBe(0);
    expect(refused.output).toContain('There is no volume selected.');
    expect((await run(rescueHost(root), 'list disk all noerr\nlist disk\n')).exitCode).toBe(5);
    expect((await run(rescueHost(root), 'create partition noerr\n')).exitCode).toBe(5);
    expect((await run(rescueHost(root), 'list disk\nexit\nfrobnicate\n')).exitCode).toBe(0);
  });

  it('takes a pause between the commands, which is not needed here', async () => {
    await writeFile(join(root, 'fix.txt'), 'list disk\n');
    const ask = (line: string) => runCommand({ host: rescueHost(root), programs }, line);
    expect((await ask('diskpart /t 5 /s C:\\fix.txt')).output).toContain('Disk ###');
    expect((await ask('diskpart /s C:\\fix.txt /t five')).exitCode).toBe(2);
    expect((await ask('diskpart /s')).exitCode).toBe(2);
    expect((await ask('diskpart /?')).exitCode).toBe(0);
  });

  it('may come through a pipe', async () => {
    const { output } = await runCommand(
      { host: rescueHost(root), programs },
      '(echo select disk 1& echo online disk& echo exit) | diskpart',
    );
    expect(output).toContain('DiskPart successfully onlined the selected disk.\r\n');
  });
});

describe('on a terminal', () => {
  it('Ctrl-C leaves diskpart for the shell', async () => {
    const { output } = await runTyped(
      { host: rescueHost(), programs, remote: false },
      'diskpart\rlist\u0003ver\rexit\r',
      {
        columns: 80,
        rows: 25,
      },
    );
    expect(output).toContain('\r\nDISKPART> list^C\r\n\r\nC:\\>ver\r\n');
  });
});
