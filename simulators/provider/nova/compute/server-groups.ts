/** Servers that want to be on one host, or on different ones. What follows of it: scheduler.ts. */
export interface ServerGroup {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly userId: string;
  readonly policy: string;
  readonly rules: Readonly<Record<string, number>>;
  /** Ids of servers, also of those that are gone. */
  readonly members: string[];
}

/** The groups of all projects. */
export class ServerGroups {
  readonly #groups: ServerGroup[] = [];

  add(group: ServerGroup): void {
    this.#groups.push(group);
  }

  of(projectId: string): readonly ServerGroup[] {
    return this.#groups.filter((group) => group.projectId === projectId);
  }

  all(): readonly ServerGroup[] {
    return this.#groups;
  }

  find(id: string): ServerGroup | undefined {
    return this.#groups.find((group) => group.id === id);
  }

  /** The group that a server is in. */
  with(serverId: string): ServerGroup | undefined {
    return this.#groups.find(({ members }) => members.includes(serverId));
  }

  delete(group: ServerGroup): void {
    this.#groups.splice(this.#groups.indexOf(group), 1);
  }
}
