import type { Random } from '../../random';

/** The one domain that users and projects are in. */
export const DOMAIN = { id: 'default', name: 'Default' } as const;

export interface Project {
  /** 32 hexadecimal digits; at Rackspace a tenant's number. */
  readonly id: string;
  readonly name: string;
}

/** A person or program that signs in, with what it may do in which project. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly password: string;
  /** For the RAX-KSKEY:apiKeyCredentials of the Rackspace dialect. */
  readonly apiKey: string;
  /** Project id to role names. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** A user's stand-in for one project, as programs use it instead of a password. Times are epoch milliseconds of lab time. */
export interface ApplicationCredential {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly secret: string;
  readonly userId: string;
  readonly projectId: string;
  readonly roles: readonly string[];
  readonly expires: number | null;
  readonly unrestricted: boolean;
}

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Who there is: users, projects, and application credentials. */
export class Directory {
  readonly #credentials = new Map<string, ApplicationCredential>();

  constructor(
    readonly projects: readonly Project[],
    readonly users: readonly User[],
    private readonly random: Random,
  ) {}

  /** The customer whom scenarios and printed addresses are about. */
  get firstUser(): User {
    return this.users[0] as User;
  }

  get firstProject(): Project {
    return this.projects[0] as Project;
  }

  user(id: string): User | undefined {
    return this.users.find((user) => user.id === id);
  }

  userNamed(name: string | undefined): User | undefined {
    return this.users.find((user) => user.name === name);
  }

  project(id: string): Project | undefined {
    return this.projects.find((project) => project.id === id);
  }

  projectNamed(name: string | undefined): Project | undefined {
    return this.projects.find((project) => project.name === name);
  }

  /** The projects in which the user has a role. */
  projectsOf(user: User): readonly Project[] {
    return this.projects.filter(({ id }) => user.roles.has(id));
  }

  get credentials(): readonly ApplicationCredential[] {
    return [...this.#credentials.values()];
  }

  credential(id: string): ApplicationCredential | undefined {
    return this.#credentials.get(id);
  }

  /** Makes an application credential; its secret is made too where none is given. */
  addCredential(
    wanted: Omit<ApplicationCredential, 'id' | 'secret'> & { readonly secret?: string | undefined },
  ): ApplicationCredential {
    const made = {
      ...wanted,
      id: hexadecimal(this.random),
      secret: wanted.secret ?? this.random.text(86, LETTERS_AND_DIGITS),
    };
    this.#credentials.set(made.id, made);
    return made;
  }

  removeCredential(id: string): void {
    this.#credentials.delete(id);
  }
}

/** The people of the simulated cloud: one customer with a colleague who only looks, and another customer. */
export function openStackDirectory(random: Random): Directory {
  const projects = [
    { id: hexadecimal(random), name: 'rescue-lab' },
    { id: hexadecimal(random), name: 'other-lab' },
  ];
  const [own, other] = projects as [Project, Project];
  return new Directory(
    projects,
    [
      makeUser(random, 'nadia', own, ['member', 'reader']),
      makeUser(random, 'olga', own, ['reader']),
      makeUser(random, 'bo', other, ['member', 'reader']),
    ],
    random,
  );
}

/** The same at Rackspace: the account's owner, a user of each role for Cloud Servers, and another account. */
export function rackspaceDirectory(random: Random): Directory {
  const projects = [
    { id: random.text(6, '123456789'), name: 'rescue-lab' },
    { id: random.text(7, '123456789'), name: 'other-lab' },
  ];
  const [own, other] = projects as [Project, Project];
  return new Directory(
    projects,
    [
      makeUser(random, 'nadia', own, ['identity:user-admin']),
      makeUser(random, 'amir', own, ['identity:default', 'nova:admin']),
      makeUser(random, 'carla', own, ['identity:default', 'nova:creator']),
      makeUser(random, 'olga', own, ['identity:default', 'observer']),
      makeUser(random, 'bo', other, ['identity:user-admin']),
    ],
    random,
  );
}

function makeUser(random: Random, name: string, project: Project, roles: readonly string[]): User {
  return {
    id: hexadecimal(random),
    name,
    password: random.text(16, LETTERS_AND_DIGITS),
    apiKey: hexadecimal(random),
    roles: new Map([[project.id, roles]]),
  };
}

function hexadecimal(random: Random): string {
  return random.uuid().replaceAll('-', '');
}
