import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { tarball } from "./tarball.ts";

test("tar reads it back: empty, of a block, short and long paths", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "rzp-tar-"));
  const deep = (length: number) => `${"d".repeat(60)}/${"é".repeat(10)}${"x".repeat(length - 81)}`;
  const files = [
    { path: "a/empty", content: "" },
    { path: "a/block", content: "x".repeat(512) },
    { path: "a/bytes", content: Buffer.from([0, 255, 128, 10]) },
    ...[99, 100, 101, 160, 250].map((length) => ({ path: deep(length), content: `of ${length}` })),
  ];
  writeFileSync(path.join(folder, "all.tgz"), tarball(files));
  execFileSync("tar", ["xzf", "all.tgz"], { cwd: folder });
  for (const file of files)
    expect(readFileSync(path.join(folder, file.path))).toEqual(Buffer.from(file.content as string));
  rmSync(folder, { recursive: true });
});
