import { describe, expect, it } from 'vitest';
import { examineLoopback, examineResources } from './examine-machine';
import { examineDependencies, examineDocker, examineNode, examinePackages } from './examine-tools';
import { printFindings } from './print-findings';

const answering =
  (code: number, stdout = '') =>
  async () => ({ code, stdout, stderr: '' });

describe('the doctor', () => {
  it('names missing packages, what they are for and how to get them', async () => {
    const finding = await examinePackages(async ([, , , , ...names]) => ({
      code: 1,
      stdout: names
        .filter((name) => name !== 'ldmtool')
        .map((name) => `${name} installed 1.0\n`)
        .join(''),
      stderr: '',
    }));
    expect(finding).toMatchObject({
      status: 'missing',
      found: 'no ldmtool (witness of dynamic disks (LDM))',
      advice: expect.stringContaining('apt-get install -y --no-install-recommends ldmtool'),
      details: { missing: ['ldmtool'], versions: { 'qemu-system-x86': '1.0' } },
    });
  });

  it('says when there is no dpkg', async () => {
    expect(await examinePackages(answering(127))).toMatchObject({ status: 'missing' });
  });

  it('takes a missing container engine as a limit, not as an obstacle', async () => {
    expect(await examineDocker(answering(0, '28.2.2\n'))).toMatchObject({ status: 'ok', found: '28.2.2' });
    expect(await examineDocker(answering(127))).toMatchObject({ status: 'limited', found: 'not installed' });
    expect(await examineDocker(answering(1))).toMatchObject({
      status: 'limited',
      found: 'installed, the engine does not answer',
    });
  });

  it('says which console ports are refused, and why', async () => {
    const finding = await examineLoopback(async (_address, port) => {
      if (port < 1024) throw Object.assign(new Error('no'), { code: 'EACCES' });
    });
    expect(finding).toMatchObject({
      status: 'limited',
      found: '127.213.7.1 refuses port 22 (EACCES), 80 (EACCES)',
      details: { refused: ['22 (EACCES)', '80 (EACCES)'] },
    });
  });

  it('looks at this machine', async () => {
    expect(await examineNode()).toMatchObject({
      status: 'ok',
      found: expect.stringContaining(process.version),
    });
    expect(await examineDependencies()).toMatchObject({ status: 'ok' });
    expect((await examineResources()).found).toMatch(/GiB free in .* GiB memory, \d+ cores/);
  });

  it('prints a line for each finding, the advice below it, and a verdict', () => {
    const findings = [
      { id: 'node', name: 'Node.js', status: 'ok', found: 'v24' },
      { id: 'npm', name: 'npm packages', status: 'missing', found: 'none', advice: 'npm ci' },
    ] as const;
    expect(printFindings(findings, false)).toBe(
      [
        '✓ Node.js       v24',
        '✗ npm packages  none',
        '                → npm ci',
        '',
        'Not ready: 1 of 2 things are missing.',
        '',
      ].join('\n'),
    );
  });
});
