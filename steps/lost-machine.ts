import { setDefinitionFunctionWrapper } from '@cucumber/cucumber';
import { RescueWorld } from './world';

type Definition = (this: unknown, ...parameters: unknown[]) => unknown;

/**
 * A step that waits for a guest waits in vain once the guest's machine was lost: it fails then, with what is known of
 * the loss, instead of at its deadline or with a broken connection. Hooks run to their end, as they clean up.
 */
setDefinitionFunctionWrapper(
  (definition: Definition): Definition =>
    function (this: unknown, ...parameters: unknown[]): unknown {
      const outcome = definition.apply(this, parameters);
      return outcome instanceof Promise && this instanceof RescueWorld && !isHookParameter(parameters[0])
        ? orLoss(outcome, this)
        : outcome;
    },
);

async function orLoss(outcome: Promise<unknown>, world: RescueWorld): Promise<unknown> {
  if (!world.hasLab) {
    return outcome;
  }
  try {
    return await Promise.race([outcome, rejection(world.lab.machineLost)]);
  } catch (error) {
    throw (await world.lab.lossBehindFailure()) ?? error;
  }
}

async function rejection(loss: Promise<Error>): Promise<never> {
  throw await loss;
}

/** Hooks get the scenario; steps get what stands in their text. */
function isHookParameter(parameter: unknown): boolean {
  return typeof parameter === 'object' && parameter !== null && 'pickle' in parameter;
}
