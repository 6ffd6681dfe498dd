/** What objects a service brings do beyond it: rights they give, and other namespaces they are in. */
import type { Derived } from "../model/derived.ts";
import type { Release } from "../model/platform.ts";
import { list, text } from "../model/reading.ts";
import { serviceFact } from "../release/causes.ts";
import { ownObjects } from "../release/objects.ts";

interface Brought {
  readonly kind: string;
  readonly name: string;
}

interface Grant extends Brought {
  /** `ClusterRole view`. */
  readonly role: string;
  /** `ServiceAccount tools/watcher`, in the order of the file. */
  readonly subjects: readonly string[];
}

interface Elsewhere extends Brought {
  readonly namespace: string;
}

/** Each binding among its objects. */
export function derivedGrants(release: Release): Derived<Grant>[] {
  return ownObjects(release.service).flatMap(({ key, object, kind, name }) =>
    /^(Cluster)?RoleBinding$/.test(kind)
      ? [
          {
            value: {
              kind,
              name,
              role: `${text(object, "roleRef", "kind")} ${text(object, "roleRef", "name")}`,
              subjects: list(object, "subjects").map(subjectOf),
            },
            rule: "rights-brought",
            causes: [serviceFact(release.service, "objects", key)],
          } as const,
        ]
      : [],
  );
}

/** Each of its objects that is in another namespace than its own. */
export function derivedElsewhere(release: Release): Derived<Elsewhere>[] {
  return ownObjects(release.service).flatMap(({ key, object: { metadata }, kind, name }) => {
    const namespace = metadata?.namespace ?? release.service.namespace;
    const cause = serviceFact(release.service, "objects", key, "metadata", "namespace");
    return namespace === release.service.namespace
      ? []
      : [{ value: { kind, name, namespace }, rule: "object-elsewhere", causes: [cause] } as const];
  });
}

function subjectOf(subject: unknown): string {
  const namespace = text(subject, "namespace");
  const place = namespace === undefined ? "" : `${namespace}/`;
  return `${text(subject, "kind")} ${place}${text(subject, "name")}`;
}
