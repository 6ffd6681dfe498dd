/** Where the state of clusters lies, and what can be told of it without the engine. Not in git: it holds secrets, if encrypted ones. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Order } from "./order.ts";
import { isInternal } from "./engine/changes.ts";

/** What the engine calls all of this. */
export const projectName = "rzp";

type Asked = Pick<Order, "root" | "environment">;

interface StatePlace {
  /** A folder, or the address of a bucket (`s3://…`). */
  readonly state: string;
  /** Settings of the engine between runs. */
  readonly work: string;
  /** What lies beside the state: where that is a bucket, in this repository's folder for it. */
  readonly beside: string;
}

/** `RZP_STATE` is another folder, or a bucket. */
export function statePlace({ root, environment }: Asked): StatePlace {
  const own = path.join(root, ".infra");
  const work = path.join(own, "work");
  const said = environment["RZP_STATE"] ?? "";
  if (said === "") return { state: path.join(own, "state"), work, beside: own };
  if (isBucket(said)) return { state: said, work, beside: own };
  const folder = path.resolve(root, said);
  return { state: folder, work, beside: folder };
}

const isBucket = (place: string): boolean => place.includes("://");

/** As the engine writes it; all else in it is its own affair. */
const Written = z.object({
  checkpoint: z.object({
    latest: z
      .object({
        resources: z.array(z.object({ type: z.string() })).optional(),
        pending_operations: z.array(z.unknown()).nullish(),
      })
      .nullish(),
  }),
});

/**
 * Whether the state of a cluster knows of anything that is outside of it, asked of the file: there is neither engine nor passphrase where
 * there never was a state. Of a bucket, and of a file of another form, only the engine can tell: then yes.
 */
export function knowsSomething(asked: Pick<Order, "root" | "cluster" | "environment">): boolean {
  const { state } = statePlace(asked);
  if (isBucket(state)) return true;
  const file = path.join(state, ".pulumi/stacks", projectName, `${asked.cluster}.json`);
  // As the engine writes it where PULUMI_SELF_MANAGED_STATE_GZIP is exported.
  if (existsSync(`${file}.gz`)) return true;
  try {
    const { latest } = Written.parse(JSON.parse(readFileSync(file, "utf8"))).checkpoint;
    const { resources = [], pending_operations: pending } = latest ?? {};
    const outside = resources.filter(({ type }) => !isInternal(type));
    return outside.length + (pending?.length ?? 0) > 0;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}
