import path from 'node:path';
import { projectRoot } from './key';
import type { BuildContext } from './recipe';

/** Compiles one C file of the repository into a program that needs no libraries of the guest's. */
export async function compileStatic(
  context: Pick<BuildContext, 'run'>,
  source: string,
  program: string,
): Promise<void> {
  await context.run('gcc', ['-O2', '-static', '-s', '-o', program, path.join(projectRoot, source)]);
}

/** Compiles one C file of the repository into a library that the guest's loader puts before a program's own. */
export async function compilePreloaded(
  context: Pick<BuildContext, 'run'>,
  source: string,
  library: string,
): Promise<void> {
  await context.run('gcc', ['-O2', '-fPIC', '-shared', '-s', '-o', library, path.join(projectRoot, source)]);
}
