/** A release after Helm: what identifies its objects, and what goes into its files. */
import type { FiledManifest } from "./manifest.ts";
import type { Release } from "./platform.ts";
import type { HelmValues } from "./values/service.ts";

/** A release with its values: what it asks of its environment, as of the store of its secrets. */
export interface ValuedRelease {
  readonly release: Release;
  readonly values: HelmValues;
}

/** A release with what was rendered of it. */
export interface RenderedRelease extends ValuedRelease {
  readonly manifests: readonly FiledManifest[];
}

/** A release with all that goes into its files. */
export interface CompleteRelease extends RenderedRelease {
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
