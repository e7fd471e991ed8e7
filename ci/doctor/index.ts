import { examineAccelerator, examineQemu } from './examine-accelerator';
import { examineImages } from './examine-images';
import { examineLoopback, examineResources } from './examine-machine';
import { examineDependencies, examineDocker, examineNode, examinePackages } from './examine-tools';
import type { Finding } from './finding';

export type { Finding } from './finding';
export { printFindings } from './print-findings';

/** Looks at everything a run needs. Nothing is changed or installed. */
export function examineAll(): Promise<Finding[]> {
  return Promise.all([
    examineNode(),
    examineDependencies(),
    examinePackages(),
    examineQemu(),
    examineAccelerator(),
    examineDocker(),
    examineResources(),
    examineImages(),
    examineLoopback(),
  ]);
}
