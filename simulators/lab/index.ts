export type { LabAddresses } from './addresses';
export { readBootSignatures, readDiskSignature } from './boot-store';
export { Lab, type LabOptions } from './lab';
export type { LabEvent, LabListener } from './lab-events';
export { placeFileOnMirror, readFileFromMirrorHalf } from './mirrored-files';
export type { NovaLab } from './nova-lab';
export type { OvhLab } from './ovh-lab';
export { prepareWorkstation, startWorkstation } from './start-workstation';
export { wordsFor } from './words-for';
