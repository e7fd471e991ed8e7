import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { ImageStore } from '../../images';
import { bundleForQuickJs, bundleWithCodeCache } from '../../images/bundle';
import type { Program } from './measure';
import { quickjsCompiler } from './quickjs-compiler';

type Command = (words: readonly string[]) => Program;

/** One file, started by Node.js, with V8's code cache beside it. */
export async function nodeCommand(folder: string): Promise<Command> {
  const bundle = path.join(folder, 'command.cjs');
  await bundleWithCodeCache('bench/codecs/command/node-main.ts', bundle);
  return (words) => ({ name: 'ours (Node.js)', command: [process.execPath, bundle, ...words] });
}

/**
 * The same code as QuickJS bytecode in a program of its own: it starts in a millisecond and has no just-in-time compiler,
 * so it suits small inputs.
 */
export async function quickJsCommand(folder: string, say: (line: string) => void): Promise<Command> {
  const engine = await new ImageStore().ensure(quickjsCompiler, say);
  const [module, source, program] = ['command.mjs', 'command.c', 'command'].map((name) =>
    path.join(folder, name),
  ) as [string, string, string];
  await bundleForQuickJs('bench/codecs/command/quickjs-main.ts', module);
  execFileSync(path.join(engine, 'qjsc'), ['-e', '-m', '-o', source, module]);
  const library = path.join(engine, 'libquickjs.a');
  const words = ['-w', '-static', '-s', `-I${engine}`, '-o', program, source, library];
  execFileSync('gcc', [...words, '-lm', '-lpthread'], { stdio: ['ignore', 'ignore', 'pipe'] });
  return (listing) => ({ name: 'ours (QuickJS)', command: [program, ...listing] });
}
