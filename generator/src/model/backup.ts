/** Facts about backups: what the cluster can do, what an environment asks for, what a volume says of itself. */
import "./meta.ts";
import { z } from "zod";
import { day, seconds } from "./units.ts";
import { Bytes, DnsLabel, HostName, Period, rule } from "./primitives.ts";
import { because } from "./references.ts";

/** Then a schedule of five fields comes back at even distances. */
const Interval = Period.refine(
  isInterval,
  rule(
    "this is no part of a day or of an hour",
    "a time that divides a day in whole hours, or an hour in whole minutes",
    "write one of 15m, 20m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h, 24h",
  ),
);

function isInterval(text: string): boolean {
  const length = seconds(text);
  return length % 3600 === 0 ? day % length === 0 : length % 60 === 0 && 3600 % length === 0;
}

const every = Interval.optional().meta({
  description: "How often, a divisor of a day: 1h, 2h, 3h, …, 24h; 2h unless said.",
  example: "2h",
});
const keep = Period.optional().meta({
  description: "How long a backup is kept; 30 days (720h) unless said.",
  example: "720h",
});

const SnapshotDriver = z
  .strictObject({
    of: z
      .array(DnsLabel)
      .min(1)
      .meta({
        description: "Purposes of the storage classes whose volumes it makes.",
        example: ["standard", "bulk"],
      }),
    parameters: z
      .record(z.string(), z.string())
      .optional()
      .meta({
        description: "Parameters of its VolumeSnapshotClass.",
        example: { type: "snap" },
      }),
    copies: Bytes.optional().meta({
      description:
        "Bytes a second at which it copies a whole volume before its snapshot can be read, where it does that at every backup (Longhorn's V1 engine), measured; it copies nothing unless said.",
      example: "1000Mi",
    }),
  })
  .meta({ id: "SnapshotDriver", description: "A CSI driver that can snapshot volumes." });

const BackupLocation = z
  .strictObject({
    speed: Bytes.meta({
      description: "Bytes a second it takes and gives, measured.",
      example: "100Mi",
    }),
    offsite: z.literal(true).optional().meta({ description: "In another house." }),
  })
  .meta({
    id: "BackupLocation",
    description: "A BackupStorageLocation of the service `velero`, by its name.",
  });

const ClaimTimes = z
  .strictObject({
    snapshot: Period.optional().meta({
      description:
        "How long it takes until a driver has made its snapshot: Velero has one made after the other. 10s unless said.",
      example: "10s",
    }),
    copy: Period.optional().meta({
      description:
        "How long the pod that copies it takes beside its bytes: until it has the volume and knows what has changed. 35s unless said.",
      example: "35s",
    }),
    restore: Period.optional().meta({
      description:
        "How long the pod that restores it takes beside its bytes: until it has the volume, and gives it back. 30s unless said.",
      example: "30s",
    }),
    atOnce: z.int().min(1).max(50).optional().meta({
      description:
        "How many a node copies or restores at once: `loadConcurrency` of the node agent. 1 unless said, as Velero's own; the `velero` of the catalogue says 2.",
      example: 2,
    }),
  })
  .meta({ id: "ClaimTimes", description: "What a claim takes, whatever is in it, measured." });

export const ClusterBackup = z
  .strictObject({
    snapshots: z.record(HostName, SnapshotDriver).optional().meta({
      description:
        "CSI drivers that can snapshot, by name. Volumes of all other classes are backed up as files.",
    }),
    unreadable: z.array(DnsLabel).optional().meta({
      description:
        "Purposes of storage classes whose volumes nothing can back up: folders of a node (hostPath).",
    }),
    locations: z
      .record(DnsLabel, BackupLocation)
      .refine(
        (locations) => Object.values(locations).some(({ offsite }) => offsite !== true),
        rule(
          "every location is off-site",
          "one in the house, where restoring is fast",
          "add one without offsite",
        ),
      )
      .meta({
        description:
          "Where backups go: to the first that is not off-site, and to the first that is.",
      }),
    claims: ClaimTimes.optional(),
    changes: z.number().positive().max(100).optional().meta({
      description:
        "How much of a volume changes in a day, in percent, as far as the simulation goes; 5 unless said.",
    }),
    rebuild: Period.meta({
      description:
        "How long it takes to have the cluster again without anything in it: machines, Kubernetes, network.",
      example: "10m",
    }),
  })
  .meta({ id: "ClusterBackup", description: "What backups of this cluster can do." });

/** A standard, which only a reason loosens. */
function atMost(limit: string, what: string) {
  return Period.refine(
    (text) => seconds(text) <= seconds(limit),
    rule(
      `more than ${limit} may ${what} only with a reason`,
      `at most ${limit}, or because("…", "say why here")`,
      'write because("…", "say why here") around it',
    ),
  );
}

const OffsiteBackup = z
  .strictObject({
    every: Interval.optional().meta({
      description: "How often, a divisor of a day; 24h unless said.",
      example: "24h",
    }),
    keep: Period.optional().meta({
      description: "How long a backup is kept; 90 days (2160h) unless said.",
      example: "2160h",
    }),
  })
  .meta({ id: "OffsiteBackup", description: "Backups in another house as well." });

export const EnvironmentBackup = z
  .strictObject({
    every,
    keep,
    lose: z
      .union([atMost("4h", "be lost"), because(Period.meta({ example: "24h" }))])
      .optional()
      .meta({
        description:
          "How much of the newest work may be lost at worst (RPO); 4h unless said, more only with a reason.",
        ts: "string | Because<string>",
        example: "4h",
      }),
    recover: z
      .union([atMost("30m", "pass until all runs again"), because(Period.meta({ example: "2h" }))])
      .optional()
      .meta({
        description:
          "Within which time all but bulk runs again when the cluster is lost (RTO); 30m unless said, more only with a reason.",
        ts: "string | Because<string>",
        example: "30m",
      }),
    tornDatabases: because(z.literal(true)).optional().meta({
      description: "Why databases need no dump here: a copy of them that may be torn is enough.",
      ts: "Because<true>",
    }),
    offsite: z
      .union([OffsiteBackup, because(z.literal(false))])
      .optional()
      .meta({
        description: "Backups in another house as well; because(false, …) says why there are none.",
        ts: "OffsiteBackup | Because<false>",
      }),
  })
  .meta({ id: "EnvironmentBackup", description: "Backups of an environment." });

const backupMethods = ["snapshot", "files"] as const;
export type BackupMethod = (typeof backupMethods)[number];

const ofVolume = {
  method: z.enum(backupMethods).optional().meta({
    description: "`snapshot` or `files`; what its storage can unless said.",
  }),
  every: Interval.optional().meta({
    description: "How often; as its environment says unless said.",
    example: "1h",
  }),
  keep: Period.optional().meta({
    description: "How long; as its environment says unless said.",
    example: "2160h",
  }),
};

const VolumeBackup = z
  .strictObject(ofVolume)
  .meta({ id: "VolumeBackup", description: "How a volume is backed up." });

const DatabaseBackup = z
  .strictObject({
    ...ofVolume,
    whole: because(z.literal(true)).optional().meta({
      description: "Why a copy of it is whole although the database runs; else it must be dumped.",
      ts: "Because<true>",
    }),
    dumpedTo: z
      .string()
      .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, "a volume is written service/volume")
      .optional()
      .meta({
        description:
          "The state volume a schedule dumps it to, in its stead: service/volume. What can be lost counts from dump to dump. What consumes PostgreSQL with `readsAll` is known without.",
        example: "app-dump/dumps",
      }),
  })
  .refine(
    ({ dumpedTo, ...others }) => dumpedTo === undefined || Object.keys(others).length === 0,
    rule(
      "what is dumped elsewhere is not copied itself",
      "dumpedTo alone",
      "remove what is beside dumpedTo: it is said of the volume the dumps lie in",
    ),
  )
  .meta({ id: "DatabaseBackup", description: "How a database's volume is backed up." });

const otherwise =
  "How it is backed up, where its environment's way does not fit; because(false, …) says why it is not.";

/** Of a volume that is copied as it is. */
export const stateBackup = z
  .union([VolumeBackup, because(z.literal(false))])
  .optional()
  .meta({ description: otherwise, ts: "VolumeBackup | Because<false>" });

/** Of one that is written to at any moment. */
export const databaseBackup = z
  .union([DatabaseBackup, because(z.literal(false))])
  .optional()
  .meta({ description: otherwise, ts: "DatabaseBackup | Because<false>" });
