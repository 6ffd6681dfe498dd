import {
  existsSync,
  lutimesSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { pruneCache } from "./prune.ts";

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

test("removes what is in no subfolder, and old folders that are empty by then; keeps the others", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-prune-"));
  const put = (name: string, days: number, make: (place: string) => void) => {
    const place = path.join(folder, name);
    make(place);
    const time = (Date.now() - days * dayMs) / 1000;
    lutimesSync(place, time, time);
  };
  const file = (place: string) => writeFileSync(place, "");
  const directory = (place: string) => void mkdirSync(place, { recursive: true });
  directory(path.join(folder, "old/documents"));
  directory(path.join(folder, "mixed"));
  put("old/documents/entry", 15, file);
  put("old/documents/link", 15, (place) => symlinkSync("/nowhere", place));
  put("old/documents", 15, () => undefined);
  put("old", 15, () => undefined);
  put("mixed/entry", 15, file);
  put("mixed/fresh", 1, file);
  put("mixed", 15, () => undefined);
  put("new-and-empty", 1, directory);
  put("entry-at-the-top", 15, file);
  pruneCache(folder);
  expect(readdirSync(folder, { recursive: true }).toSorted()).toEqual([
    "mixed",
    "mixed/fresh",
    "new-and-empty",
    "pruned",
  ]);
  rmSync(folder, { recursive: true });
});

test("a cache that is not there is no matter", () => {
  expect(() => pruneCache("/nowhere/at/all")).not.toThrow();
});
