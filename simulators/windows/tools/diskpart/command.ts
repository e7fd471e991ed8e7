import type { FileAccess } from '../../shell';
import type { WindowsHost } from '../../windows-host';
import type { Focus } from './focus';

export interface CommandContext {
  readonly host: WindowsHost;
  readonly files: FileAccess;
  readonly focus: Focus;
  /** Makes a new GUID; tests may say which. */
  readonly newGuid: () => string;
  /** Writes a message as diskpart sets it: a blank line, then the text. */
  say(text: string): void;
}

/** A verb of diskpart with its object; `words` are what follows, `key=value` among them. */
export type Command = (context: CommandContext, words: readonly string[]) => Promise<void>;
