import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { codes } from "./codes.ts";

// Neither can be seen by the compiler: of two entries of one name the later one is taken in silence.
test("every code of every area is in the table, and in one area alone", async () => {
  const folder = path.join(import.meta.dirname, "codes");
  const areas: readonly object[] = await Promise.all(
    readdirSync(folder).map(async (file) => import(path.join(folder, file))),
  );
  const written = areas.flatMap((area) =>
    Object.values(area).flatMap((table) => Object.keys(table)),
  );
  expect(written.toSorted()).toEqual(Object.keys(codes).toSorted());
});
