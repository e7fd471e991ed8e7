import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa, execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from './key';
import { repairLibrary } from './recipes/emulator';

/** What of QEMU the library knows, and a CPU that runs one VMRUN. */
const emulated = `
#include <setjmp.h>
#include <stdio.h>
void helper_vmrun(int *registers, int size, int length);
struct { void *function; const char *name; } helper_info_vmrun = { helper_vmrun, "vmrun" };
__thread void *current_cpu;
static jmp_buf loop;
void helper_vmrun(int *registers, int size, int length) { printf("vmrun %d %d %d\\n", *registers, size, length); }
void cpu_loop_exit_noexc(int *cpu) { printf("left by cpu %d, note dropped\\n", *cpu); longjmp(loop, 1); }
int main(void) {
  int cpu = 3, registers = 5;
  current_cpu = &cpu;
  if (setjmp(loop) == 0) ((void (*)(int *, int, int))helper_info_vmrun.function)(&registers, 2, 3);
  else return 0;
  puts("went on");
}`;
let folder = '';
const at = (name: string) => path.join(folder, name);

function compile(name: string, source: string): string {
  writeFileSync(at(`${name}.c`), source);
  execaSync('gcc', ['-rdynamic', '-w', '-o', at(name), at(`${name}.c`)]);
  return at(name);
}

describe('the repair of VMRUN', () => {
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'rescue-lab-repair-'));
    execaSync('gcc', [
      ...repairLibrary,
      '-o',
      at('repair.so'),
      path.join(projectRoot, 'images/files/vmrun-repair.c'),
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = (program: string) => execa(program, { env: { LD_PRELOAD: at('repair.so') } });

  it('goes back to the loop by the way that drops the pending exception', async () => {
    const { stdout, stderr } = await run(compile('emulated', emulated));
    expect([stdout, stderr]).toEqual(['vmrun 5 2 3\nleft by cpu 3, note dropped', '']);
  });

  it('leaves another program alone, and says so', async () => {
    const { stdout, stderr } = await run(
      compile('other', '#include <stdio.h>\nint main(void) { puts("runs"); }'),
    );
    expect([stdout, stderr]).toEqual([
      'runs',
      'vmrun-repair: this QEMU is built otherwise; machines inside machines may hang.',
    ]);
  });
});
