/** The pods of a cluster that watch all others. */
import "./meta.ts";
import { z } from "zod";
import { DnsLabel, PortNumber, QualifiedName } from "./primitives.ts";

const podLabels = z.record(QualifiedName, z.string()).meta({ description: "Their labels." });

export const Scraper = z
  .strictObject({
    namespace: DnsLabel.meta({
      description: "Their namespace.",
      example: "observability-prometheus",
    }),
    podLabels,
  })
  .meta({
    description:
      "The pods that scrape metrics, of a Prometheus operator. Without it no service has monitors.",
  });

export const Prober = z
  .strictObject({
    namespace: DnsLabel.meta({
      description: "Their namespace.",
      example: "observability-blackbox-exporter",
    }),
    podLabels,
    service: DnsLabel.meta({ description: "Name of their Service.", example: "blackbox-exporter" }),
    port: PortNumber.meta({ description: "Port of that Service.", example: 9115 }),
  })
  .meta({
    description:
      "The pods that ask from outside whether a service answers (blackbox exporter). Without it nothing is probed.",
  });
