// Runs the bundle beside it (`<name>.js`) by V8's code cache: under emulation its compiler takes longer than the program.
// A cache that does not fit this Node.js is left aside by V8 itself.
const { readFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { Script } = require('node:vm');

const filename = __filename.replace(/\.cjs$/, '.js');
const cachedData = readFileSync(`${filename}.cache`);
const script = new Script(wrap(readFileSync(filename, 'utf8')), { filename, cachedData });
script.runInThisContext()(exports, require, module, filename, __dirname);
