import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { projectRoot } from './key';

/** Functions that images/files/listing-bytes.h has in C, by the file that has them in TypeScript. */
const REPLACED: Readonly<Record<string, readonly string[]>> = {
  'simulators/disk/bytes/little-endian.ts': ['readU16', 'readI32', 'readU32', 'readU64'],
  'simulators/disk/bytes/byte-rows.ts': ['sameBytes', 'hasAscii', 'decodeLatin1'],
  'simulators/disk/bytes/utf16.ts': ['decodeUtf16'],
  'simulators/disk/bytes/hex.ts': ['toHex'],
  'simulators/disk/bytes/guid.ts': ['guidFromBytes'],
  'simulators/disk/bytes/sum-of-bytes.ts': ['sumOfBytes'],
  'simulators/disk/bytes/xor-of-words.ts': ['xorOfWords'],
  'simulators/disk/gpt/crc32.ts': ['crc32'],
  'ci/listing/utf8.ts': ['writeUtf8'],
  'ci/listing/hex-list.ts': ['writeHexList'],
};

/** One script for the native program of images/recipes/listing.ts: QuickJS 2021-03-27 with some functions in C. */
export async function bundleForListing(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.resolve(projectRoot, entry)],
    outfile,
    bundle: true,
    platform: 'neutral',
    target: 'es2020',
    format: 'iife',
    // Fields are assigned: defining each of them by Object.defineProperty takes a tenth of a listing.
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: false } },
    plugins: [nativeFunctions()],
    logLevel: 'silent',
  });
}

/** Puts `native.<name>` in the place of these functions. Throws where a file has no such function any more. */
function nativeFunctions(): Plugin {
  return {
    name: 'native functions',
    setup(builder) {
      for (const [file, names] of Object.entries(REPLACED)) {
        const whole = path.join(projectRoot, file);
        builder.onLoad({ filter: new RegExp(`${file.replace(/[.]/g, '\\.')}$`) }, async ({ path: found }) => {
          if (found !== whole) return undefined;
          return { contents: replaceFunctions(await readFile(whole, 'utf8'), names, file), loader: 'ts' };
        });
      }
    },
  };
}

function replaceFunctions(source: string, names: readonly string[], file: string): string {
  return names.reduce((text, name) => {
    const head = `export function ${name}(`;
    if (!text.includes(head))
      throw new Error(`${file} has no function ${name} to put a native one in place of.`);
    return text.replace(head, `export const ${name} = native.${name};\nfunction ${name}InTypeScript(`);
  }, source);
}
