/** What a scenario waited for: told where the waiting is done, summed up for the report. */
export { sumWaits, type WaitSum } from './sum-waits';
export { hearWaits, tellWait, type Wait, waitingFor } from './waits';
