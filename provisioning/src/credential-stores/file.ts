/** Credentials in one file, which the passphrase of the state opens. It may be in git: nothing in it can be read without. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { isProblem } from "../../../generator/src/tools/problems.ts";
import { openText, readSealed, sealText, writeSealed } from "../sealed.ts";
import type { CredentialStore } from "./store.ts";

const Kept = z.strictObject({
  version: z.literal(1),
  cluster: z.string(),
  credentials: z.record(z.string(), z.string()),
});

export interface FileStoreOptions {
  readonly cluster: string;
  readonly file: string;
  /** How people know the file. */
  readonly shown: string;
  readonly passphrase: string;
  /** Fewer in tests, which have nothing to hide. */
  readonly rounds?: number;
}

/** In: the file and its passphrase. Out: a store in it; nothing is there until something is set. Problems of both: CREDENTIALS_UNREADABLE. */
export function fileStore(options: FileStoreOptions): CredentialStore {
  const { cluster, file, shown, passphrase, rounds } = options;
  const read = async (): Promise<ReadonlyMap<string, string> | Problem> => {
    const sealed = readSealed(file);
    if (sealed === undefined) return new Map();
    const kept = parse(await openText(sealed, passphrase));
    if (kept === undefined) return unreadable(cluster, shown);
    if (kept.cluster !== cluster) return ofAnother(cluster, shown, kept.cluster);
    return new Map(Object.entries(kept.credentials));
  };
  return {
    place: shown,
    read,
    async set(name, value) {
      const known = await read();
      if (isProblem(known)) return known;
      const credentials = Object.fromEntries(
        [...known, [name, value] as const].sort(([one], [other]) => (one < other ? -1 : 1)),
      );
      const text = JSON.stringify({ version: 1, cluster, credentials });
      mkdirSync(path.dirname(file), { recursive: true });
      writeSealed(file, await sealText(text, passphrase, rounds));
      return undefined;
    },
  };
}

function parse(plain: string | undefined): z.infer<typeof Kept> | undefined {
  try {
    return plain === undefined ? undefined : Kept.parse(JSON.parse(plain));
  } catch {
    return undefined;
  }
}

const unreadable = (cluster: string, shown: string): Problem =>
  problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], {
    message: `${shown} is no file of credentials that this passphrase opens`,
    expected: "a file of `npm run infra -- credential`, and the passphrase it was written with",
    fix: "export the right PULUMI_CONFIG_PASSPHRASE; if the file is damaged, remove it and set its credentials again",
  });

const ofAnother = (cluster: string, shown: string, other: string): Problem =>
  problemAt("CREDENTIALS_UNREADABLE", clusterFile(cluster), ["credentials"], {
    message: `${shown} holds the credentials of ${other}`,
    expected: `a file of \`npm run infra -- credential ${cluster} set <name>\``,
    fix: "put it back where it was: each cluster has a file of its own",
  });
