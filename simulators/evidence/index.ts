export {
  type Attach,
  attachEvidenceFolder,
  attachFacts,
  attachScreen,
  attachState,
  attachWaits,
  MediaType,
  type RunFacts,
  type Screen,
} from './attachments';
export { Evidence, type EvidenceOptions } from './evidence';
export { maskFields } from './mask-fields';
export { MASK, maskSecrets } from './mask-secrets';
export { RUN_FOLDER_VARIABLE, runFolder } from './run-folder';
export { sealFolder } from './seal-folder';
export { runSecrets, SecretBook } from './secret-book';
export { scenarioSlug, slug } from './slug';
