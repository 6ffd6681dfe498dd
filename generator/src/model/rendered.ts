/** A release after Helm: what identifies its objects, and what goes into its files. */
import type { FiledManifest } from "./manifest.ts";
import type { Release } from "./platform.ts";

/** A release, and whether its tier needs a store of secrets for it. */
export interface StoreNeed {
  readonly release: Release;
  /** Whether its values read any. */
  readonly wantsSecrets: boolean;
}

/** A release with what was rendered of it. */
export interface RenderedRelease extends StoreNeed {
  readonly manifests: readonly FiledManifest[];
}

/** A release as it is checked. */
export interface CheckableRelease extends RenderedRelease {
  /** Metrics the rules of its alerts ask for, each once. */
  readonly metrics: readonly string[];
}

/** A release with all that goes into its files. */
export interface CompleteRelease extends CheckableRelease {
  /** Its values as YAML. */
  readonly valuesText: string;
  /** What the rules asked about other releases, when they found nothing in this one. */
  readonly asked?: Asked | undefined;
  /** Of everything the environment's own objects are made from (argocd/share.ts). */
  readonly share: string;
}

/** What a rule asks about objects of other releases. */
export type Question =
  | readonly ["find", string, string, string | undefined, string]
  | readonly ["inNamespace", string, string, string | undefined]
  | readonly ["owner", string, string];

/** One for each question. */
export const questionText = (question: Question): string => question.join(" ");

/** Questions, each with what the answer says about other releases. */
export type Asked = readonly (readonly [Question, string])[];
