/** Kubernetes objects and patches as they are, for what no field says. */
import "./meta.ts";
import { z } from "zod";
import { DnsLabel } from "./primitives.ts";

export const KubernetesObject = z
  .looseObject({
    apiVersion: z.string().min(2),
    kind: z.string().regex(/^[A-Z][A-Za-z0-9]+$/, "a kind starts with a capital"),
    metadata: z.looseObject({ name: DnsLabel.optional(), namespace: z.string().optional() }).optional(),
  })
  .meta({ description: "An object as Kubernetes has it.", ts: "KubernetesObject" });
export type KubernetesObject = z.infer<typeof KubernetesObject>;

export const Objects = z.record(DnsLabel, KubernetesObject).meta({
  description: "More objects of this service, by the name they get; native kinds are typed, others through `customObject()`.",
  ts: "Readonly<Record<string, KubernetesObject>>",
});

export const Patches = z.record(z.string().regex(/^[a-z]+\/[a-z0-9.-]+$/, "a patch is for kind/name, e.g. deployment/sonarr"), z.looseObject({})).meta({
  description: "Changes to a rendered object by `kind/name`: maps merge, lists replace, null removes. For what no field says.",
  ts: "Patches",
});
