export { inspectImages } from './inspect-images';
export type { Inspection } from './inspection';
export { inspectionText } from './inspection-text';
