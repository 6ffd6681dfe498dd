/** What a pod that looked at a volume has room to say: the kubelet keeps 4096 bytes. */
import { describe, expect, test } from "vitest";
import { messageOf } from "../../drill/check/findings.ts";
import type { Findings } from "../../drill/check/findings.ts";

const said = (findings: Findings): Findings => {
  const text = messageOf(findings);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(4096);
  return JSON.parse(text) as Findings;
};
const counts = { files: 3, bytes: 9 };
const many = (count: number, name: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`app.db/${name}${index}`, index]),
  );

describe("What was found", () => {
  test("is said whole where there is room", () => {
    for (const tables of [undefined, many(40, "table_")]) {
      const findings = { wrong: ["a", "b"], inventory: { ...counts, ...(tables && { tables }) } };
      expect(said(findings)).toEqual(findings);
    }
  });

  test("of more tables than there is room for those with most rows are, as many as fit", () => {
    const tables = many(500, "table_of_some_length_");
    const { inventory } = said({ wrong: [], inventory: { ...counts, tables } });
    const kept = Object.values(inventory.tables ?? {});
    expect(kept).toEqual(Array.from({ length: kept.length }, (_, index) => 499 - index));
    const next = Object.entries(tables).find(([, rows]) => rows === 499 - kept.length);
    const more = {
      ...inventory,
      tables: { ...inventory.tables, ...(next && { [next[0]]: next[1] }) },
    };
    expect(Buffer.byteLength(JSON.stringify({ wrong: [], inventory: more }))).toBeGreaterThan(4096);
  });

  test("what is wrong comes first, and what there is no room for is counted", () => {
    for (const letter of ["x", "ü", "\u0001", '"']) {
      const wrong = Array.from({ length: 100 }, (_, index) => `${index} ${letter.repeat(300)}`);
      const answer = said({ wrong, inventory: { ...counts, tables: many(500, letter) } });
      expect(answer.wrong[0]).toMatch(/^0 /);
      expect(answer.wrong.at(-1)).toBe(`and ${100 - (answer.wrong.length - 1)} more`);
      expect(answer.inventory).toMatchObject(counts);
    }
  });

  test("numbers of any size have room beside it", () => {
    const wrong = Array.from({ length: 100 }, () => "x".repeat(190));
    const inventory = { files: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER };
    expect(said({ wrong, inventory }).inventory).toEqual(inventory);
  });
});
