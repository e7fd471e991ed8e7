// What cucumber.js names as its formatter: cucumber imports formatters as JavaScript, ours is TypeScript.
require('ts-node/register');
module.exports = require('./formatter.ts');
