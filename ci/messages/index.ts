export { type InlinePicture, type ScenarioModel, type Status, type StepModel, scenarioStatus } from './model';
export { repeatCommand } from './repeat-command';
export { RunModel } from './run-model';
export { addCounts, type Counts, closingLine, isGood, type Verdict, verdictOf } from './verdict';
