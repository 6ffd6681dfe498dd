/** Who keeps the public names of a cluster: Cloudflare, or nobody. */
import { clusterFile } from "../../../generator/src/model/paths.ts";
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { problemAt } from "../../../generator/src/problems/report.ts";
import { CloudflareNames } from "./cloudflare.ts";
import type { CloudflareAccess } from "./client.ts";
import type { KnownNames } from "./ask.ts";
import { clearLeftOvers } from "./foreign.ts";
import { checkCloudflare } from "./preflight.ts";
import type { WantedNames } from "./wanted.ts";

export interface NamesBackend {
  /** What stands against it, asked of who keeps the zone; changes nothing. In: what our state knows there. */
  hindrances(known: KnownNames): Promise<readonly Problem[]>;
  /** Removes what a run that was cut off had asked for, and no state knows: it is made again. */
  clear(known: KnownNames): Promise<readonly Problem[]>;
  /** Declares what is to be kept, in a program of the engine. */
  declare(): void;
}

/** In: the name of a cluster, what it wants, and who asks. Out: who keeps it. */
export function cloudflareBackend(
  cluster: string,
  wanted: WantedNames,
  access: CloudflareAccess,
): NamesBackend {
  return {
    hindrances: (known) => checkCloudflare({ cluster, wanted, access, known }),
    clear: (known) => clearLeftOvers({ cluster, wanted, access, known }),
    declare: () => void new CloudflareNames({ cluster, wanted, access }),
  };
}

/** Names that were kept and are wanted no more. In: who asks now; undefined where the state's own token is to do. */
export const leavingBackend = (
  cluster: string,
  access: CloudflareAccess | undefined,
): NamesBackend => {
  const unfinishedOnes = ({ begun }: KnownNames): Promise<readonly Problem[]> =>
    Promise.resolve([...begun].sort().map((name) => unfinished(cluster, name)));
  return {
    hindrances: unfinishedOnes,
    clear: unfinishedOnes,
    declare: () => {
      if (access !== undefined) void new CloudflareNames({ cluster, wanted: undefined, access });
    },
  };
};

/** Only facts tell where to look for it, and nobody else would know that it is ours. */
const unfinished = (cluster: string, name: string): Problem =>
  problemAt("CLOUDFLARE_TAKEN", clusterFile(cluster), [], {
    message: `a command that was killed had asked Cloudflare for ${name}, which is not said to be ours any more`,
    expected: "publicNames until that is cleared up",
    fix: `write publicNames again, and \`npm run infra -- up ${cluster}\`; then take them out`,
  });

/** A cluster without public names, or one whose records somebody else keeps. */
export const noBackend: NamesBackend = {
  hindrances: () => Promise.resolve([]),
  clear: () => Promise.resolve([]),
  declare: () => {},
};
