/** Where secrets come from: what each backend must answer. A third one is a file beside these, and a line in `choose.ts`. */
import type { EnvironmentFacts } from "../../model/platform.ts";
import type { NeededSecret } from "../../release/secrets/needed.ts";

export interface SecretBackend {
  /** In: a tier and what is read in it. Out: `spec.provider` of its ClusterSecretStore. */
  readonly provider: (tier: string, secrets: readonly NeededSecret[]) => object;
  /** Secrets a person makes on the cluster, one a tier: with them the stores of these tiers sign in. */
  readonly identities: (tiers: readonly string[]) => Identity[];
  /** What a person does once, by hand, for the stores of these tiers: lines of a shell, comments among them. */
  readonly byHand: (tiers: readonly string[]) => string[];
  /** Its own tool; undefined where nothing has to be put there. */
  readonly tool: BackendTool | undefined;
}

export interface Identity {
  /** Name of the Secret, where it is, and what is in it. */
  readonly name: string;
  readonly namespace: string;
  readonly keys: readonly string[];
}

/** Scripts for the backend's command line: RZP itself reaches no backend. */
export interface BackendTool {
  /** In: all that is needed. Out: a script that prints what is there, as `npm run secrets -- --have` reads it. */
  readonly asking: (secrets: readonly NeededSecret[]) => string;
  /** In: values by path. Out: a script that puts them there. */
  readonly loading: (values: readonly SecretValue[]) => string;
}

export interface SecretValue {
  readonly secret: NeededSecret;
  /** Undefined where a person has to fill it in. */
  readonly value: string | undefined;
}

export type MakeBackend<K> = (
  facts: EnvironmentFacts,
  settings: Extract<EnvironmentFacts["environment"]["secrets"], { backend: K }>,
) => SecretBackend;
