import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { pruneCache } from "./prune-cache.ts";

const dayMs = 24 * 3_600_000;

test("removes what is older than two weeks, and looks once a day", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-prune-"));
  const put = (name: string, days: number) => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, "");
    const time = (Date.now() - days * dayMs) / 1000;
    utimesSync(file, time, time);
    return file;
  };
  const [fresh, old] = [put("a/releases/fresh", 13), put("a/releases/old", 15)];
  pruneCache(folder);
  expect([existsSync(fresh), existsSync(old)]).toEqual([true, false]);
  const later = put("b/old", 15);
  pruneCache(folder);
  expect(existsSync(later)).toBe(true);
  pruneCache(folder, Date.now() + 2 * dayMs);
  expect([existsSync(fresh), existsSync(later)]).toEqual([false, false]);
  rmSync(folder, { recursive: true });
});

test("a cache that is not there is no matter", () => {
  expect(() => pruneCache("/nowhere/at/all")).not.toThrow();
});
