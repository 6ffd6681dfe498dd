/** A name in a rendered object that must lead to another one. */
import type { Keys } from "../../model/reading.ts";

export interface Reference {
  /** As `CheckedObject.kind`: `/Secret`, `gateway.networking.k8s.io/Gateway`. */
  readonly kind: string;
  /** Undefined for cluster-scoped kinds. */
  readonly namespace: string | undefined;
  readonly name: string;
  /** A key of a Secret or ConfigMap, a port of a Service. */
  readonly part?: string | number;
  /** Where it stands in the object. */
  readonly path: Keys;
  /** Where it comes from in the authored service. */
  readonly field: Keys;
}

/** The last word of a kind: `Secret`. */
export const wordOf = (kind: string): string => kind.slice(kind.indexOf("/") + 1);
