/**
 * Makes OpenObserve show what content.json says: dashboards of one folder are created, changed and removed, streams are
 * kept for as long as it says. What is right already is not touched. Ends with 1 when anything failed.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { documents } from "./document.mts";
import type { Content, Document } from "./document.mts";
import { storeAt } from "./store.mts";
import type { Store } from "./store.mts";

export interface Outcome {
  readonly created: number;
  readonly changed: number;
  readonly removed: number;
  readonly kept: number;
  /** Streams whose retention was set. */
  readonly streams: number;
  readonly failures: readonly string[];
}

/** In: what is to be, and the store. Out: what was done. One failure does not hold up the others. */
export async function upsert(content: Content, store: Store): Promise<Outcome> {
  const count = { created: 0, changed: 0, removed: 0, kept: 0, streams: 0 };
  const failures: string[] = [];
  const attempt = async (kind: keyof typeof count, work: () => Promise<void>) => {
    try {
      await work();
      count[kind] += 1;
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
    }
  };
  const folder = await store.folder(content.folder);
  const there = new Map((await store.dashboards(folder)).map((one) => [one.title, one]));
  for (const document of documents(content).map(signed)) {
    const old = there.get(document.title);
    there.delete(document.title);
    if (old === undefined) await attempt("created", () => store.create(folder, document));
    else if (old.description === document.description) count.kept += 1;
    else await attempt("changed", () => store.update(folder, old, document));
  }
  for (const old of there.values()) await attempt("removed", () => store.remove(folder, old));
  // A stream is there from its first line on; until then there is nothing to be kept.
  const wanted = new Map(content.streams.map(({ name, days }) => [name, days]));
  for (const { name, settings } of await store.streams()) {
    const days = wanted.get(name);
    if (days !== undefined && settings?.data_retention !== days)
      await attempt("streams", () => store.keepStream(name, days));
  }
  return { ...count, failures };
}

/** The list of dashboards gives descriptions, so they tell whether the rest is the same. */
function signed(document: Document): Document {
  const sum = createHash("sha256").update(JSON.stringify(document)).digest("hex").slice(0, 12);
  return { ...document, description: `${document.description} (RZP ${sum})` };
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`the variable ${name} is not set`);
  return value;
}

if (import.meta.main) {
  const content = JSON.parse(readFileSync(required("CONTENT"), "utf8")) as Content;
  const url = required("STORE_URL");
  const access = { url, user: required("STORE_USER"), password: required("STORE_PASSWORD") };
  const { failures, ...counts } = await upsert(content, storeAt(access));
  const words = Object.entries(counts).map(([word, number]) => `${number} ${word}`);
  process.stdout.write(`${words.join(", ")}\n`);
  for (const failure of failures) process.stderr.write(`${failure}\n`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}
