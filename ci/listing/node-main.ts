import { nodeMachine } from './node-machine';
import { runListing } from './run-listing';

/** The listings under Node.js, started by the native program for large files with its own words: `list hive FILE`. */
process.exitCode = runListing(process.argv.slice(3), nodeMachine(process.cwd()));
