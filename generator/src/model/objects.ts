/** Kubernetes objects and patches as they are, for what no field says. */
import "./meta.ts";
import { z } from "zod";
import { DnsLabel, QualifiedName } from "./primitives.ts";
import { because, Labels } from "./references.ts";

export const KubernetesObject = z
  .looseObject({
    apiVersion: z.string().min(2).meta({ description: "Group and version.", example: "apps/v1" }),
    kind: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9]+$/, "a kind starts with a capital")
      .meta({ description: "Kind of object.", example: "ConfigMap" }),
    metadata: z
      .looseObject({
        name: DnsLabel.optional().meta({
          description: "Its name; the key under `objects` unless said.",
          example: "letsencrypt",
        }),
        namespace: DnsLabel.optional().meta({
          description:
            "Its namespace; the service's unless said. Another one, which nobody has, takes a reason.",
        }),
        labels: Labels.optional().meta({ description: "More labels." }),
        annotations: z
          .record(QualifiedName, z.string())
          .optional()
          .meta({ description: "More annotations." }),
      })
      .optional()
      .meta({ description: "Name, namespace, labels and annotations." }),
  })
  .meta({
    id: "KubernetesObject",
    description:
      "An object as Kubernetes has it; made by `kubernetesObject`, `customObject` or a helper.",
  });
export type KubernetesObject = z.infer<typeof KubernetesObject>;

export const Objects = z
  .record(DnsLabel, z.union([KubernetesObject, because(KubernetesObject)]))
  .meta({
    description:
      'More objects of this service, by the name they get; native kinds are typed, others through `customObject()`. One that reaches beyond its service through `because(kubernetesObject({ … }), "say why here")`.',
    ts: "Readonly<Record<string, KubernetesObject | Because<KubernetesObject>>>",
  });

export const Patches = z
  .record(
    z.string().regex(/^[a-z]+\/[a-z0-9.-]+$/, "a patch is for kind/name, e.g. deployment/sonarr"),
    z.looseObject({}),
  )
  .meta({
    description:
      "Changes to a rendered object by `kind/name`: maps merge, lists replace, null removes. For what no field says.",
    ts: "Patches",
  });
