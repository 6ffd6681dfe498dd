import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isOneSlip, nearest } from "./suggest.ts";

const services = ["postgres", "postgres-vector", "prowlarr", "qbittorrent", "radarr", "sonarr"];

describe("a near word is suggested", () => {
  test.for([
    { slip: "a missing letter", found: "prowlar", candidates: services, expected: "prowlarr" },
    {
      slip: "swapped neighbours in a short name",
      found: "tpc",
      candidates: ["tcp", "udp"],
      expected: "tcp",
    },
    {
      slip: "swapped neighbours",
      found: "imgae",
      candidates: ["image", "images", "size"],
      expected: "image",
    },
    {
      slip: "another case",
      found: "healthcheck",
      candidates: ["health", "healthCheck"],
      expected: "healthCheck",
    },
    {
      slip: "another separator",
      found: "qbit_torrent",
      candidates: services,
      expected: "qbittorrent",
    },
    {
      slip: "case before a shorter edit",
      found: "ab-cd",
      candidates: ["ab-ce", "AB_CD"],
      expected: "AB_CD",
    },
    { slip: "an abbreviation", found: "qbit", candidates: services, expected: "qbittorrent" },
    {
      slip: "an abbreviation of two: the shorter",
      found: "post",
      candidates: services,
      expected: "postgres",
    },
    {
      slip: "an abbreviation of two: the shorter, not the first",
      found: "post",
      candidates: ["postabcdefgh", "postzxy"],
      expected: "postzxy",
    },
    {
      slip: "a longer form",
      found: "healthcheck",
      candidates: ["health", "size"],
      expected: "health",
    },
    {
      slip: "a word before it",
      found: "CAP_BPF",
      candidates: ["BPF", "CHOWN"],
      expected: "BPF",
    },
    {
      slip: "two edits in a long word",
      found: "qbitorent",
      candidates: services,
      expected: "qbittorrent",
    },
    { slip: "a single letter by case", found: "A", candidates: ["a", "b"], expected: "a" },
  ])("$slip: $found", ({ found, candidates, expected }) => {
    expect(nearest(found, candidates)).toBe(expected);
  });
});

describe("a far word is not", () => {
  test.for([
    { why: "nothing to choose from", found: "sonarr", candidates: [] },
    { why: "the word is valid itself", found: "http", candidates: ["http", "https"] },
    { why: "short names stand close by chance", found: "db", candidates: ["dv", "dns"] },
    { why: "two edits and another first letter", found: "lidarr", candidates: ["radarr"] },
    { why: "garbage", found: "zzzzzz", candidates: services },
    { why: "too short for an abbreviation", found: "so", candidates: services },
    {
      why: "a candidate that is a small part of the word",
      found: "httpbin-go-server",
      candidates: ["http"],
    },
    { why: "a word before it, and nothing between", found: "mysonarr", candidates: services },
    { why: "nothing but separators", found: "---", candidates: services },
    { why: "an empty word", found: "", candidates: services },
  ])("$why: $found", ({ found, candidates }) => {
    expect(nearest(found, candidates)).toBeUndefined();
  });
});

const letters = fc.string({
  unit: fc.constantFrom(..."abcdefghijklm"),
  minLength: 4,
  maxLength: 14,
});

describe("for any names", () => {
  test("one edit away of the only candidate finds it", () => {
    const edits = fc.record({
      word: letters,
      at: fc.nat(),
      kind: fc.constantFrom("insert", "delete", "replace", "swap"),
    });
    fc.assert(
      fc.property(edits, ({ word, at, kind }) => {
        const found = edit(word, at % word.length, kind);
        fc.pre(found !== word);
        // The others are made of letters the word cannot hold, so none of them is near.
        expect(nearest(found, ["zyxwvuts", word, "qrstuvwxyz", "-"])).toBe(word);
      }),
    );
  });

  test("a word is never suggested to itself", () => {
    fc.assert(
      fc.property(letters, fc.array(letters), (found, others) => {
        expect(nearest(found, [...others, found])).toBeUndefined();
        expect(nearest(found, others)).not.toBe(found);
      }),
    );
  });

  test("the order of the candidates makes no difference", () => {
    fc.assert(
      fc.property(letters, fc.uniqueArray(letters), (found, candidates) => {
        expect(nearest(found, candidates.toReversed())).toBe(nearest(found, candidates));
      }),
    );
  });

  test("a word of other letters gets no suggestion", () => {
    const digits = fc.string({
      unit: fc.constantFrom(..."0123456789"),
      minLength: 2,
      maxLength: 14,
    });
    fc.assert(
      fc.property(digits, fc.array(letters), (found, candidates) => {
        expect(nearest(found, candidates)).toBeUndefined();
      }),
    );
  });
});

function edit(word: string, at: number, kind: string): string {
  const [before, character = "", after] = [word.slice(0, at), word[at], word.slice(at + 1)];
  if (kind === "insert") return `${before}z${character}${after}`;
  if (kind === "delete") return before + after;
  if (kind === "replace") return `${before}z${after}`;
  return before + after.slice(0, 1) + character + after.slice(1);
}

test.for([
  ["kube_pod_inf", "kube_pod_info", true],
  ["kube_pod_ifno", "kube_pod_info", true],
  ["KUBE-POD.info", "kube_pod_info", true],
  ["kube_job_info", "kube_pod_info", false],
  ["kube_pod", "kube_pod_info", false],
] as const)("%s is one slip from %s: %s", ([found, candidate, is]) => {
  expect(isOneSlip(found, candidate)).toBe(is);
});
