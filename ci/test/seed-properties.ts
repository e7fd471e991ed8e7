import { configureGlobal } from 'fast-check';

/**
 * The same examples in every run of the property tests: a run says something about the code, not about its luck.
 * `RESCUE_LAB_SEED` tries others; a failure prints its seed in any case.
 */
configureGlobal({ seed: Number(process.env['RESCUE_LAB_SEED'] ?? 1) });
