import { describe, expect, it } from 'vitest';
import { MemoryHost } from '../../shell/testing/memory-host';
import { runCommand } from '../../shell/testing/run';
import { systemPrograms } from '..';

const programs = systemPrograms(async () => []);
const host = () => new MemoryHost([{ volumes: [{ letter: 'C', label: 'System' }, { letter: 'D' }] }]);
const labels = async (machine: MemoryHost) => (await machine.volumes()).map(({ label }) => label);

describe('label', () => {
  it('changes the label of the drive that is named, or of the system drive', async () => {
    const machine = host();
    for (const line of ['label d:Data', 'label New name', 'label /mp D: Other'])
      expect((await runCommand({ host: machine, programs }, line)).exitCode).toBe(0);
    expect(await labels(machine)).toEqual(['New name', 'Other']);
  });

  it('asks for a label, and whether the old one shall go', async () => {
    const machine = host();
    const typed = await runCommand({ host: machine, programs }, 'label d:', 'Data\n');
    // The sentences are those of Windows' message table.
    expect(typed.output).toContain('Volume in drive D has no label\r\n');
    expect(typed.output).toContain('Volume label (32 characters, ENTER for none)? ');
    const kept = await runCommand({ host: machine, programs }, 'label', '\nn\n');
    expect(kept.output).toContain('Volume in drive C is System\r\n');
    expect(kept.output).toContain('\r\nDelete current volume label (Y/N)? ');
    expect(await labels(machine)).toEqual(['System', 'Data']);
    await runCommand({ host: machine, programs }, 'label', '\ny\n');
    expect(await labels(machine)).toEqual(['', 'Data']);
  });

  it('refuses drives that are not there and labels that cannot be', async () => {
    const run = async (line: string) => (await runCommand({ host: host(), programs }, line)).output;
    expect(await run('label q: Data')).toContain('Invalid drive specification.');
    expect(await run('label d:a*b')).toContain(
      'The filename, directory name, or volume label syntax is incorrect.',
    );
    expect(await run(`label d:${'x'.repeat(33)}`)).toContain('label syntax is incorrect.');
  });
});
