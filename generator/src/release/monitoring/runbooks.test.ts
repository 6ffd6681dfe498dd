import { expect, test } from "vitest";
import { runbooksOf } from "./runbooks.ts";

const of = (url: string, browse?: string) =>
  runbooksOf({
    cluster: { repository: { url, ...(browse === undefined ? {} : { browse }) } },
  } as Parameters<typeof runbooksOf>[0]);

test.each([
  ["https://git.example.com/home/platform.git"],
  ["https://git.example.com/home/platform"],
  ["git@git.example.com:home/platform.git"],
  ["ssh://git@git.example.com/home/platform.git"],
  ["ssh://git@git.example.com:2222/home/platform.git"],
])("%s is shown by its forge", (url) => {
  expect(of(url)).toBe("https://git.example.com/home/platform/blob/HEAD/docs/runbooks");
});

test("what the cluster's file says goes before it", () => {
  expect(of("https://a.example.com/b.git", "https://c.example.com/d/src/branch/main")).toBe(
    "https://c.example.com/d/src/branch/main/docs/runbooks",
  );
});
