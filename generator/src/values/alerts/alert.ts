/** One alert, and the causes all of them have. */
import type { Cause, Derived } from "../../model/derived.ts";
import type { RuleName } from "../../model/rules.ts";
import type { Release } from "../../model/platform.ts";
import type { AliveSeries } from "../../release/monitoring/watch.ts";
import type { SecretRead } from "../../release/secrets/use.ts";
import { clusterFact, serviceFact } from "../../release/causes.ts";

/** An alert of a kind about a part of the service, as PromQL finds it. */
export type Alert =
  | { readonly kind: "ContainerCrashLooping" | "ContainerOomKilled" | "PodNotReady" }
  | { readonly kind: "ServiceDownOnNode"; readonly component: string }
  | { readonly kind: "QuotaNearFull" }
  /** Of each object that asks for a certificate. */
  | { readonly kind: "CertificateExpiring" | "CertificateNotReady"; readonly object: string }
  | { readonly kind: "ExternalSecretNotReady"; readonly read: SecretRead }
  | {
      readonly kind: "VolumeFilling" | "VolumeAlmostFull";
      /** None of all that a chart claims. */
      readonly volume?: string;
      /** A regular expression for its claims: one, or one a pod. */
      readonly claims: string;
    }
  | { readonly kind: "ContainerThrottled"; readonly component: string; readonly container: string }
  | {
      readonly kind: "JobFailed";
      readonly job: string;
      readonly runs: "schedule" | "job";
    }
  | { readonly kind: "JobOverdue"; readonly job: string; readonly after: number }
  | { readonly kind: "BackupOverdue"; readonly schedule: string; readonly after: number }
  | { readonly kind: "BackupFailing"; readonly schedule: string }
  | {
      readonly kind: "BackupMissing";
      readonly schedule: string;
      readonly location: string;
      /** Seconds until all schedules of the location have made their first backup. */
      readonly within: number;
    }
  | { readonly kind: "BackupLocationDown"; readonly location: string }
  | { readonly kind: "RestoreDrillFailed" }
  | { readonly kind: "RestoreDrillOverdue"; readonly cronjob: string; readonly after: number }
  | {
      readonly kind: "ServiceDown" | "ServiceAbsent" | "ProbeSlow";
      readonly component: string;
      readonly alive: AliveSeries;
      /** Not told while the prober itself is away, of which its own alerts tell. */
      readonly heldBack?: true;
    };

/** It stands in every alert: nothing watches, or nobody is to be told. */
const common = ({ service, facts }: Release): Cause[] => [
  clusterFact(facts, "scraper"),
  serviceFact(service, "stopped"),
];

/** In: what it is about, its rule, and the facts that are its own. */
export function alert(
  release: Release,
  value: Alert,
  rule: RuleName,
  causes: Cause[],
): Derived<Alert> {
  return { value, rule, causes: [...causes, ...common(release)] };
}
