/** What objects a service brings do beyond it: rights they give, ways in they open, and other namespaces they are in. */
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

/** Kinds of the Gateway API by what they open; what else opens a way in is refused. */
const opening: Readonly<Record<string, string>> = {
  Gateway: "listens for whoever reaches its address",
  GRPCRoute: "leads in through a gateway",
  HTTPRoute: "leads in through a gateway",
  ReferenceGrant: "lets other namespaces name what is in its own",
  TCPRoute: "leads in through a gateway",
  TLSRoute: "leads in through a gateway",
  UDPRoute: "leads in through a gateway",
};

interface WayIn extends Brought {
  readonly opens: string;
}

/** Each way in among its objects, of which no field knows for whom it is and who asks for a password. */
export function derivedWaysIn(release: Release): Derived<WayIn>[] {
  return ownObjects(release.service).flatMap(({ key, object, kind, name }) => {
    const opens = opening[kind];
    const isOther = !object.apiVersion.startsWith("gateway.networking.k8s.io/");
    if (opens === undefined || isOther || isKnown(release, kind, name) || leadsNowhere(object))
      return [];
    // With rules a route could lead nowhere.
    const rules = serviceFact(release.service, "objects", key, "spec", "rules");
    const causes = [
      serviceFact(release.service, "objects", key),
      ...(rules.absent === true && kind.endsWith("Route") ? [rules] : []),
    ];
    return [{ value: { kind, name, opens }, rule: "way-in-brought", causes } as const];
  });
}

/** The gateways of the cluster's file have an audience. */
const isKnown = ({ facts, service }: Release, kind: string, name: string) =>
  kind === "Gateway" &&
  Object.values(facts.cluster.gateways).some(
    (gateway) => gateway?.name === name && gateway.namespace === service.namespace,
  );

/** A route that only sends elsewhere: plain HTTP to HTTPS. */
const leadsNowhere = (object: unknown) => {
  const rules = list(object, "spec", "rules");
  return rules.length > 0 && rules.every((rule) => list(rule, "backendRefs").length === 0);
};

/** Each of its objects that is in another namespace than its own. */
export function derivedElsewhere(release: Release): Derived<Elsewhere>[] {
  return ownObjects(release.service).flatMap(({ path, object: { metadata }, kind, name }) => {
    const namespace = metadata?.namespace ?? release.service.namespace;
    const cause = serviceFact(release.service, ...path, "metadata", "namespace");
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
