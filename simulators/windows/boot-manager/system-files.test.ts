import { describe, expect, it } from 'vitest';
import { type BootEra, failureScreen, missingSystemFile } from '.';

const HIVE = 'system32\\config\\';

/** @param missing or damaged files: `!` before one that is there and is no hive */
const check = (era: BootEra, ...missing: string[]) =>
  missingSystemFile(era, '\\Windows', {
    exists: (path) => !missing.includes(path),
    opens: (path) => !missing.includes(path) && !missing.includes(`!${path}`),
  });

describe('files of the system', () => {
  it.each(['windows-5.2', 'windows-6.1', 'windows-6.2+'] as const)('are all there (%s)', (era) => {
    expect(check(era)).toBeUndefined();
  });

  it.each([
    [`${HIVE}SYSTEM`, 0xc000000f, 'system32\\config\\system'],
    [`!${HIVE}SYSTEM`, 0xc000014c, 'system32\\config\\system'],
    ['system32\\ntoskrnl.exe', 0xc000000f, 'system32\\ntoskrnl.exe'],
    ['system32\\hal.dll', 0xc000000f, 'system32\\hal.dll'],
  ])('winload misses %s', (missing, status, file) => {
    expect(check('windows-6.1', missing)).toMatchObject({ status, file: `\\Windows\\${file}` });
    expect(check('windows-6.2+', missing)).toMatchObject({ status, file: `\\Windows\\${file}` });
  });

  it('the kernel stops without another hive, on blue', () => {
    const stop = check('windows-6.1', `!${HIVE}SOFTWARE`)!;
    const { lines, look } = failureScreen(stop);
    expect(look).toBe('dark blue');
    expect(lines.slice(0, 3).map((line) => line.trimEnd())).toEqual([
      'STOP: c0000218 {Registry File Failure}',
      'The registry cannot load the hive (file):',
      '\\SystemRoot\\System32\\Config\\SOFTWARE',
    ]);
    expect(check('windows-6.2+', `${HIVE}SAM`)).toMatchObject({ status: 0xc0000218 });
    expect(failureScreen(check('windows-6.2+', `${HIVE}SAM`)!).look).toBe('blue');
    expect(failureScreen(check('windows-6.2+', `${HIVE}SAM`)!).lines.join('\n')).toContain(
      'Stop code: 0xc0000218',
    );
  });

  it.each([
    ['system32\\hal.dll', '<Windows root>\\system32\\hal.dll.'],
    ['system32\\ntoskrnl.exe', '<Windows root>\\system32\\ntoskrnl.exe.'],
    [`${HIVE}SYSTEM`, '\\WINDOWS\\SYSTEM32\\CONFIG\\SYSTEM'],
  ])('NTLDR misses %s', (missing, file) => {
    const failure = check('windows-5.2', missing)!;
    expect(failure.screen.slice(0, 2)).toEqual([
      'Windows could not start because the following file is missing or corrupt:',
      file,
    ]);
    expect(failureScreen(failure).look).toBe('black');
  });
});
