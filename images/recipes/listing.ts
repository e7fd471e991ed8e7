import { chmod, copyFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleWithCodeCache } from '../bundle';
import { projectRoot } from '../key';
import { bundleForListing } from '../native-functions';
import { freezeReferences } from '../quickjs-frozen';
import { fetchQuickjs, quickjsSource } from '../quickjs-source';
import type { Recipe } from '../recipe';

const engineFiles = ['libregexp.c', 'libunicode.c', 'cutils.c', 'libbf.c'];
const flags = ['-O2', '-w', '-static', '-no-pie', '-s', '-D_GNU_SOURCE', '-DCONFIG_BIGNUM'];
/** glibc asks the processor for its features at each start, which traps to the hypervisor of a VM: 0.26 ms there. */
const compiler = 'musl-gcc';

/** The native program without what it runs: it takes a while to compile, and changes seldom. */
export const listingEngine: Recipe = {
  name: 'listing-engine',
  summary: 'QuickJS in a program that starts from a snapshot of itself, for `rescue-lab list`',
  needs: [],
  sources: [
    'images/recipes/listing.ts',
    'images/quickjs-source.ts',
    'images/quickjs-frozen.ts',
    'images/files/listing.c',
    'images/files/listing-bytes.h',
  ],
  parameters: { quickjsSource, engineFiles, flags, compiler },
  async build(context) {
    context.progress('fetching the sources');
    const cwd = await fetchQuickjs(context);
    await freezeReferences(cwd);
    context.progress('compiling (about 20 s)');
    const own = path.join(projectRoot, 'images/files/listing.c');
    const program = path.join(context.out, 'engine');
    const words = [...flags, '-DCONFIG_VERSION="2021-03-27"', `-I${cwd}`, '-o', program, own];
    await context.run(compiler, [...words, ...engineFiles], { cwd });
  },
};

/** What `<project>/bin` holds: the program with the listings evaluated, and the same listings for Node.js. */
export const listing: Recipe = {
  name: 'listing',
  summary: 'the program that lists hives and disks in milliseconds: `bin/rescue-lab list`',
  needs: [listingEngine],
  sources: [
    'images/recipes/listing.ts',
    'images/bundle.ts',
    'images/native-functions.ts',
    'images/files/load-bundle.cjs',
    'ci/listing',
    'simulators/disk',
  ],
  parameters: { node: process.version },
  async build(context) {
    const engine = path.join(context.image(listingEngine), 'engine');
    const [script, snapshot] = ['listing.js', 'snapshot'].map((name) => path.join(context.temp, name)) as [
      string,
      string,
    ];
    await bundleForListing('ci/listing/native-main.ts', script);
    await context.run(engine, ['--snapshot', script, snapshot]);
    const program = path.join(context.out, 'rescue-lab');
    await copyFile(engine, program);
    await context.run('objcopy', ['--update-section', `.snapshot=${snapshot}`, program]);
    await chmod(program, 0o755);
    await bundleWithCodeCache('ci/listing/node-main.ts', path.join(context.out, 'listing.cjs'));
  },
};
