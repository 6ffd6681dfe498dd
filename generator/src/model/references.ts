/** Values that stand for something known elsewhere. Each is one value: an overlay replaces it whole. */
import "./meta.ts";
import { z } from "zod";
import { audiences } from "./audiences.ts";
import { clusterFacts } from "./cluster-facts.ts";
import { mendFile } from "./mends.ts";
import { reservedLabels } from "./names.ts";
import { DnsLabel, LabelValue, QualifiedName, Reason, rule, SecretKey } from "./primitives.ts";

export const SecretReference = z
  .strictObject({
    secret: SecretKey.meta({ description: "Key of the secret.", example: "api-key" }),
  })
  .meta({
    id: "SecretReference",
    description: 'A secret of this service\'s own path; written `secret("api-key")`.',
  });
export type SecretReference = z.infer<typeof SecretReference>;

export const OfferReference = z
  .strictObject({
    from: z.string().meta({
      description: "The service, or `./component` of the same service.",
      ts: "ServiceName | Names<E>",
    }),
    key: z.string().meta({ description: "What of it is read." }),
  })
  .meta({
    id: "OfferReference",
    description: 'What another service offers; written `from("postgres", "host")`.',
  });
export type OfferReference = z.infer<typeof OfferReference>;

export const ClusterReference = z
  .strictObject({ cluster: z.enum(clusterFacts).meta({ description: "Name of the fact." }) })
  .meta({
    id: "ClusterReference",
    description: 'A fact of the cluster or environment; written `cluster("timeZone")`.',
  });
export type ClusterReference = z.infer<typeof ClusterReference>;

export const HostReference = z
  .strictObject({
    lan: DnsLabel.meta({
      description: "The cluster's name for the host.",
      example: "nas",
      ts: "LanHost",
    }),
  })
  .meta({
    id: "HostReference",
    description: 'The address of a host of the home network; written `lan("nas")`.',
  });
export type HostReference = z.infer<typeof HostReference>;

export const RouteReference = z
  .strictObject({
    routeHost: DnsLabel.meta({ description: "Name of the route.", example: "web" }),
  })
  .meta({
    id: "RouteReference",
    description:
      'The host of a route of this service, in full; written `routeHost("web")`. Of several hosts the first that is no wildcard.',
  });

export type RouteReference = z.infer<typeof RouteReference>;

export const ListenersReference = z
  .strictObject({
    gatewayListeners: z.enum(audiences).meta({ description: "Whose gateway." }),
  })
  .meta({
    id: "ListenersReference",
    description:
      'What the gateway for an audience listens for; written `gatewayListeners("internal")` inside its Gateway.',
  });

/** What the downward API can put into a variable (Kubernetes, "Available fields"). */
export const podFields = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.podIP",
  "status.hostIP",
] as const;
export const PodReference = z
  .strictObject({ pod: z.enum(podFields).meta({ description: "Path of the field." }) })
  .meta({
    id: "PodReference",
    description: 'A field of the pod itself; written `pod("spec.nodeName")`.',
  });
export type PodReference = z.infer<typeof PodReference>;

export const FileReference = z
  .strictObject({
    file: z
      .string()
      .regex(/^config\/[^/].*$/, "a file lies under config/ beside values.ts")
      .meta({ description: "Its path.", example: "config/blocky.yml", mend: mendFile }),
  })
  .meta({
    id: "FileReference",
    description: 'A file under config/ beside values.ts; written `file("config/blocky.yml")`.',
  });
export type FileReference = z.infer<typeof FileReference>;

/** Everything that stands for a value known elsewhere. */
export const references = {
  SecretReference,
  OfferReference,
  ClusterReference,
  HostReference,
  RouteReference,
  ListenersReference,
  PodReference,
  FileReference,
};

/** The only way to loosen a standard: the value, and why. The reason stands in the file, for whoever reads it. */
export function because<T extends z.ZodType>(value: T) {
  return z.strictObject({ because: Reason, value });
}

/** Labels of an object as Kubernetes has it; ours are set over them. */
export const Labels = z.record(QualifiedName, LabelValue);

/** More labels of what RZP makes. */
export const MoreLabels = z.record(
  QualifiedName.refine(
    (key) => !reservedLabels.includes(key),
    rule(
      "RZP or Kubernetes sets this label itself",
      "a label of your own",
      "take it out, or use another key",
    ),
  ),
  LabelValue,
);
