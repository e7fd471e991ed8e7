import { v3Catalog } from '../catalog';
import { DOMAIN } from '../directory';
import type { Identity } from '../identity';
import type { Token } from '../tokens';
import { isoMicroseconds } from './times';

/** A token as `POST` and `GET /v3/auth/tokens` show it. */
export function tokenBody(
  identity: Identity,
  token: Token,
  origin: string,
  { catalog }: { catalog: boolean },
) {
  const { directory } = identity;
  const user = directory.user(token.userId);
  const project = token.projectId === undefined ? undefined : directory.project(token.projectId);
  const credential =
    token.applicationCredentialId === undefined
      ? undefined
      : directory.credential(token.applicationCredentialId);
  return {
    methods: token.methods,
    user: { domain: DOMAIN, id: token.userId, name: user?.name, password_expires_at: null },
    audit_ids: [token.auditId, ...(token.auditChain ?? []).slice(0, 1)],
    expires_at: isoMicroseconds(token.expires),
    issued_at: isoMicroseconds(token.issued),
    ...(project && {
      project: { domain: DOMAIN, id: project.id, name: project.name },
      is_domain: false,
      roles: token.roles.map((name) => roleOf(name)),
      ...(catalog && { catalog: v3Catalog(origin, identity.region, project.id) }),
    }),
    ...(credential && {
      application_credential: {
        id: credential.id,
        name: credential.name,
        restricted: !credential.unrestricted,
      },
    }),
  };
}

/** Roles are known by their names here; Keystone's have ids besides, which nothing else depends on. */
export function roleOf(name: string) {
  return { id: Buffer.from(name.padEnd(16, '.')).toString('hex').slice(0, 32), name };
}
