import type { DedicatedProvider } from '../../dedicated';
import type { ConsoleResolver } from './start-console-proxy';

/** The consoles of dedicated servers: a token is good as long as the access that the IPMI module gave. */
export function dedicatedConsoles(core: DedicatedProvider): ConsoleResolver {
  return (token) => {
    if (token === '') {
      return undefined;
    }
    const server = core
      .servers()
      .find(({ consoleAccesses }) =>
        [...consoleAccesses.values()].some(
          ({ value, expiration }) => value.endsWith(token) && expiration > core.clock.now(),
        ),
      );
    return server?.hardware.console;
  };
}
