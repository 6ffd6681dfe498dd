/** Where what `infra` must know and nobody may read is kept: what each store must answer. */
import type { Problem } from "../../../generator/src/problems/problem.ts";

export interface CredentialStore {
  /** For people: a file, or a folder of Infisical. */
  readonly place: string;
  /** All that is kept for the cluster, by name; nothing where nothing was ever kept. Problems: CREDENTIALS_UNREADABLE. */
  readonly read: () => Promise<ReadonlyMap<string, string> | Problem>;
  /** Keeps a value; a problem where that is done elsewhere, or cannot be. */
  readonly set: (name: string, value: string) => Promise<Problem | undefined>;
}
