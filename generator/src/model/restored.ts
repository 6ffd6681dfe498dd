/** What proves that a volume was restored: asked by the restore drill of the volume before anything starts on it. */
import "./meta.ts";
import { z } from "zod";
import { because } from "./references.ts";
import { Bytes, Period, rule } from "./primitives.ts";

const InVolume = z
  .string()
  .regex(
    /^(?!(.*\/)?\.\.(\/|$))[^/].*$/,
    "a path in a volume is relative to the volume: no slash before it, no `..` in it",
  )
  .meta({ example: "config.xml" });

/** Formats of which the drill knows how a file ends. */
const endings = [".json", ".xml", ".gz", ".tgz", ".zip", ".db", ".sqlite", ".sqlite3"];

const WholeFile = InVolume.refine(
  (path) => endings.some((ending) => path.toLowerCase().endsWith(ending)),
  rule(
    "nobody can tell by this name where the file ends",
    `a file that ends with ${endings.join(", ")}`,
    "name a file of such a format, or say `checksums` or `files`",
  ),
);

const Restored = z
  .strictObject({
    files: z
      .strictObject({
        atLeast: z.int().min(1).meta({ description: "So many files at least.", example: 10 }),
        size: Bytes.optional().meta({ description: "They hold so much at least.", example: "1Mi" }),
      })
      .optional()
      .meta({ description: "How many files there are, and how large they are together." }),
    newest: z
      .strictObject({
        within: Period.meta({
          description: "So long before the backup began it was written, at most.",
          example: "6h",
        }),
        path: InVolume.optional().meta({
          description: "A file or folder; the whole volume unless said.",
          example: "logs",
        }),
      })
      .optional()
      .meta({ description: "How old the newest file is: yesterday's data is told by it." }),
    whole: z
      .array(WholeFile)
      .min(1)
      .optional()
      .meta({
        description: "Files that are there to their end, by their format; SQLite checks its own.",
        example: ["config.xml"],
      }),
    checksums: InVolume.optional().meta({
      description: "A list of files and their SHA-256 sums, as sha256sum writes it.",
      example: "SHA256SUMS",
    }),
    rows: z
      .record(InVolume, z.record(z.string().min(1), z.int().min(0)))
      .optional()
      .meta({
        description: "Tables of SQLite databases, by file, and how many rows they have at least.",
        example: { "app.db": { users: 1 } },
      }),
    newestRow: z
      .record(
        InVolume,
        z.strictObject({
          table: z.string().min(1).meta({ description: "A table.", example: "events" }),
          column: z.string().min(1).meta({ description: "Its column with a time.", example: "at" }),
          within: Period.meta({
            description: "So long before the backup began it was written, at most.",
            example: "6h",
          }),
        }),
      )
      .optional()
      .meta({ description: "How old the newest row of a SQLite database is, by file." }),
  })
  .refine(
    (checks) => Object.values(checks).some((check) => check !== undefined),
    rule(
      "this asks for nothing, so an empty volume would do",
      "at least one of files, newest, whole, checksums, rows, newestRow",
      'say what must be there, e.g. files: { atLeast: 10 }, newest: { within: "6h" }',
    ),
  )
  .meta({ id: "Restored", description: "What proves that a volume was restored." });
export type Restored = z.infer<typeof Restored>;

export const restoredField = z
  .union([Restored, because(z.literal(false))])
  .optional()
  .meta({
    description:
      "What must be true of it after a restore: the restore drill looks. A volume that is backed up says it wherever a drill runs, or why it is not restored for trial.",
    ts: "Restored | Because<false>",
  });
