/** On whose behalf something happens to an instance: a request, or a periodic task of the provider's own. */
export interface Actor {
  /** `req-<uuid>`: under this id the action is found again. */
  readonly requestId: string;
  /** Null for the provider itself. */
  readonly userId: string | null;
  readonly projectId: string | null;
  /** An administrator is not held up by locks. */
  readonly isAdmin: boolean;
}
