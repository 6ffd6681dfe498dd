/** Facts of a cluster that `infra` makes of nodes that run Talos. All else follows from what is said of the cluster. */
import "./meta.ts";
import { z } from "zod";

export const Talos = z
  .strictObject({
    version: z
      .string()
      .regex(/^v1\.\d+\.\d+$/, "a version of Talos such as v1.13.0")
      .meta({
        description: "The version nodes run; `infra upgrade` brings them to another.",
        example: "v1.13.0",
      }),
    schematic: z
      .string()
      .regex(/^[0-9a-f]{64}$/, "a schematic of the image factory is 64 hexadecimal digits")
      .meta({
        description:
          "What of the image factory nodes run: the system extensions. Storage drivers want some (iscsi-tools, util-linux-tools).",
        example: "376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba",
      }),
    network: z.enum(["flannel", "none"]).optional().meta({
      description:
        "Who gives pods their network and keeps its policies: flannel, which Talos brings, unless said; `none` where you bring one yourself.",
      example: "none",
    }),
  })
  .meta({
    id: "Talos",
    description: "Nodes run Talos, and `infra` makes them a cluster.",
  });
export type Talos = z.infer<typeof Talos>;
