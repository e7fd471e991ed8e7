/** Nobody in the guest answers on the agent's channel. */
export class AgentSilence extends Error {
  override readonly name = 'AgentSilence';
}

/** The agent answered that it cannot; `reason` in its own words. */
export class AgentRefusal extends Error {
  override readonly name = 'AgentRefusal';

  constructor(
    command: string,
    readonly reason: string,
  ) {
    super(`The guest agent refused ${command}: ${reason}`);
  }
}
