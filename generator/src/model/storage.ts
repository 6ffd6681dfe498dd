/** What a component keeps. A volume is made by what it holds, and how the pod gets it follows. */
import "./meta.ts";
import { z } from "zod";
import { mendSubPath } from "./mends.ts";
import { databaseBackup, stateBackup } from "./backup.ts";
import { restoredField } from "./restored.ts";
import { because } from "./references.ts";
import {
  AbsolutePath,
  Bytes,
  DnsLabel,
  Duration,
  MountPath,
  rule,
  staysInside,
} from "./primitives.ts";

const subPath = z
  .string()
  .regex(/^[^/].*$/, "a sub-path is relative")
  .refine(...staysInside)
  .optional()
  .meta({ description: "Only this folder of the volume.", mend: mendSubPath });
const readOnly = z.literal(true).optional().meta({ description: "Mounted for reading only." });

export const Mount = z
  .union([
    MountPath,
    z
      .strictObject({
        // Not `at`, as a volume says it: every text has a method of that name, and editors would show neither.
        mountPath: MountPath.meta({ description: "Where it is mounted." }),
        subPath,
        readOnly,
      })
      .meta({ id: "MountAt", description: "Where and how a volume is mounted." }),
  ])
  .meta({ id: "Mount", description: "A path, or where and how.", example: "/data" });
export type Mount = z.infer<typeof Mount>;
/** One path, or several of one volume in the same container; overlays replace the list whole. */
export const Mounts = z.record(DnsLabel, z.union([Mount, z.array(Mount).min(1)]));

const mountFields = {
  at: z
    .union([MountPath, z.array(Mount).min(1)])
    .optional()
    .meta({
      description:
        "Where it is mounted (a service with one component; else `mounts` says it); a list where several times.",
      example: "/config",
    }),
  subPath,
  readOnly,
};

const claimFields = {
  size: Bytes.meta({
    description: "Size of the claim. Growing is an edit; shrinking is a migration.",
    example: "5Gi",
  }),
  class: z.string().optional().meta({
    description: "Purpose of the storage class, one of the cluster's; `standard` unless said.",
    example: "bulk",
    ts: "StoragePurpose",
  }),
  access: z.enum(["one", "many"]).optional().meta({
    description:
      "`one` node writes (unless said), or `many` (needs a class that can: `storageMany` of the cluster).",
  }),
  adopt: DnsLabel.optional().meta({
    description: "Name of a claim that exists already and is taken over: nobody starts empty.",
    example: "sonarr-config",
  }),
};

const holds = <K extends string>(kind: K) =>
  z.literal(kind).meta({ description: "What it holds; set by the function." });

export const StateVolume = z
  .strictObject({
    holds: holds("state"),
    ...claimFields,
    backup: stateBackup,
    restored: restoredField,
    ...mountFields,
  })
  .meta({
    id: "StateVolume",
    written: "state({ … })",
    description: "What a service cannot make again: backed up. Written `state({ … })`.",
  });
export const DatabaseVolume = z
  .strictObject({
    holds: holds("database"),
    ...claimFields,
    backup: databaseBackup,
    restored: restoredField,
    ...mountFields,
  })
  .refine(({ backup = {}, restored }) => restored === undefined || !("dumpedTo" in backup), {
    ...rule(
      "what is dumped elsewhere is never restored itself",
      "restored at the volume the dumps lie in",
      "remove restored here, and say it of the volume that dumpedTo names",
    ),
    path: ["restored"],
  })
  .meta({
    id: "DatabaseVolume",
    written: "database({ … })",
    description:
      "Files of a database: backed up so that what is restored is whole. Written `database({ … })`.",
  });
export const CacheVolume = z
  .strictObject({ holds: holds("cache"), ...claimFields, ...mountFields })
  .meta({
    id: "CacheVolume",
    written: "cache({ … })",
    description:
      "What can be made again: kept between restarts, not backed up. Written `cache({ … })`.",
  });
export const ShareVolume = z
  .strictObject({
    holds: holds("share"),
    share: DnsLabel.meta({
      description: "A share of the cluster (NFS).",
      example: "media",
      ts: "ShareName",
    }),
    ...mountFields,
  })
  .meta({
    id: "ShareVolume",
    written: 'share("…", { … })',
    description: 'A share that several services see. Written `share("media", { at: "/data" })`.',
  });
export const ScratchVolume = z
  .strictObject({
    holds: holds("scratch"),
    size: Bytes.optional().meta({ description: "Limit; a pod that writes more is evicted." }),
    memory: z.literal(true).optional().meta({
      description:
        "In memory: counts against the memory limit of what writes it, together with the others it writes.",
    }),
    ...mountFields,
  })
  .meta({
    id: "ScratchVolume",
    written: "scratch({ … })",
    description: 'Empty at every start, gone with the pod. Written `scratch({ at: "/tmp" })`.',
  });
export const HostVolume = z
  .strictObject({
    holds: holds("host"),
    path: AbsolutePath.refine(...staysInside).meta({
      description: "Path on the node.",
      example: "/var/log",
    }),
    type: z
      .enum([
        "Directory",
        "DirectoryOrCreate",
        "File",
        "FileOrCreate",
        "Socket",
        "CharDevice",
        "BlockDevice",
      ])
      .optional()
      .meta({ description: "What must be there (Kubernetes hostPath type)." }),
    ...mountFields,
  })
  .meta({
    id: "HostVolume",
    written: 'hostPath("…", { … })',
    description:
      'A path of the node; only through `because(hostPath("/var/log", { … }), "say why here")`.',
  });
export const TokenVolume = z
  .strictObject({
    holds: holds("token"),
    audience: z.string().meta({ description: "Whom the token is for." }),
    lasts: Duration.optional().meta({
      description: "Life time; the kubelet renews it. 1h unless said.",
    }),
    ...mountFields,
  })
  .meta({
    id: "TokenVolume",
    written: "token({ … })",
    description:
      "A token of the service account for one audience (projected). Written `token({ audience, at })`.",
  });

export const Volume = z
  .union([
    StateVolume,
    DatabaseVolume,
    CacheVolume,
    ShareVolume,
    ScratchVolume,
    TokenVolume,
    because(HostVolume),
  ])
  .meta({ id: "Volume", description: "One volume." });
export type Volume = z.infer<typeof Volume>;
export type PlainVolume = Exclude<Volume, { because: string }> | z.infer<typeof HostVolume>;

export const Storage = z.record(DnsLabel, Volume);
