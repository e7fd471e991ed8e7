export { makeRunFolder } from './make-run-folder';
export { printVerdict } from './print-verdict';
export { runFeatures } from './run-features';
export { onStopSignal } from './stop-signals';
