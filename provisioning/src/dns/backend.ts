/** Who keeps the public names of a cluster: Cloudflare, or nobody. */
import type { Problem } from "../../../generator/src/problems/problem.ts";
import { CloudflareNames } from "./cloudflare.ts";
import type { CloudflareAccess } from "./client.ts";
import { checkCloudflare } from "./preflight.ts";
import type { WantedNames } from "./wanted.ts";

export interface NamesBackend {
  /** What stands against it, asked of who keeps the zone; changes nothing. In: ids of what our state knows there. */
  hindrances(kept: ReadonlySet<string>): Promise<readonly Problem[]>;
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
    hindrances: (kept) => checkCloudflare({ cluster, wanted, access, kept }),
    declare: () => void new CloudflareNames({ cluster, wanted, access }),
  };
}

/** A cluster without public names, or one whose records somebody else keeps. */
export const noBackend: NamesBackend = {
  hindrances: () => Promise.resolve([]),
  declare: () => {},
};
