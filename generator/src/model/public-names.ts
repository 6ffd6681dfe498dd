/** Facts of the names under which the internet finds a cluster, where `infra` keeps them in a zone of Cloudflare. */
import "./meta.ts";
import { z } from "zod";
import { HostName, IpAddress } from "./primitives.ts";

/** Zones and accounts of Cloudflare have ids of one form. */
const CloudflareId = z
  .string()
  .regex(/^[0-9a-f]{32}$/, "an id of Cloudflare is 32 digits of 0-9 and a-f")
  .meta({ example: "023e105f4ecef8ad9ca31a8372d0c353" });

export const PublicNames = z
  .strictObject({
    zone: z
      .strictObject({
        name: z
          .string()
          .regex(
            /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
            "a zone is a whole domain in lower case, such as example.com",
          )
          .meta({ description: "Its domain.", example: "example.com" }),
        id: CloudflareId.meta({ description: "Its id: on its overview page, under API." }),
      })
      .meta({ description: "The zone all public hosts of the cluster are in." }),
    account: CloudflareId.meta({ description: "Id of the account: on the same page." }),
    address: IpAddress.optional().meta({
      description:
        "Public address that leads to the public gateway, where the router lets it in; a tunnel unless said.",
      example: "203.0.113.10",
    }),
    direct: z.literal(true).optional().meta({
      description:
        "Names lead to `address` itself, which everybody sees then; to Cloudflare unless said.",
    }),
    certificates: z
      .array(HostName)
      .optional()
      .meta({
        description:
          "Names beside the zone and one label below it that Cloudflare has a certificate for (Advanced Certificate Manager).",
        example: ["*.dev.example.com"],
      }),
  })
  .meta({
    id: "PublicNames",
    description: "Names under which the internet finds the cluster, and the way in.",
  });
export type PublicNames = z.infer<typeof PublicNames>;
