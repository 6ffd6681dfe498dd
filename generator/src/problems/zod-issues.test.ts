import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  Component,
  image,
  Port,
  problemsOf,
  TaggedVolume,
  textsOf,
  Volume,
} from "../../test/support/issues.ts";

describe("places and names", () => {
  test("an unknown field is located by its key, a value by itself, a missing field by its owner", () => {
    const schema = z.strictObject({ all: z.record(z.string(), Component) });
    const value = { all: { a: { image, colour: 1 }, b: {}, c: { image: 1 } } };
    expect(problemsOf(schema, value).map(({ place, path }) => [place.file, path])).toEqual([
      ["all/a/colour/key", "all.a.colour"],
      ["all/b/value", "all.b.image"],
      ["all/c/image/value", "all.c.image"],
    ]);
  });

  test("paths inside a union are those of the whole value", () => {
    const [problem] = problemsOf(z.strictObject({ ports: z.record(z.string(), Port) }), {
      ports: { dns: { udp: "53" } },
    });
    expect(problem).toMatchObject({
      path: "ports.dns.udp",
      place: { file: "ports/dns/udp/value" },
      message: "`ports.dns.udp` must be a whole number, not text",
    });
  });

  test("names that are no identifiers are quoted in paths", () => {
    const schema = z.strictObject({ files: z.record(z.string(), z.array(z.int())) });
    expect(problemsOf(schema, { files: { "/a.yml": ["x"] } })[0]?.path).toBe('files["/a.yml"][0]');
  });

  test("every problem is an error", () => {
    expect(
      problemsOf(Component, { image: 1, colour: 1 }).every(({ severity }) => severity === "error"),
    ).toBe(true);
  });

  test("a long list of choices is cut, and keeps the one that was meant", () => {
    const words = Array.from({ length: 40 }, (_, index) => `option-number-${index}`);
    const [problem] = problemsOf(z.enum(words as [string, ...string[]]), "option-nmber-39");
    expect(problem?.expected).toMatch(
      /^one of: option-number-39, option-number-0, .*, … \(3\d more\)$/u,
    );
  });

  test("no dump of zod's own words reaches a person", () => {
    const values: unknown[] = [
      {},
      [],
      1,
      "x",
      null,
      { holds: 1 },
      { because: 1 },
      { value: [] },
      { image: {}, ports: { http: [] } },
    ];
    const refused = [Component, Volume, TaggedVolume, Port].flatMap((schema) =>
      values
        .filter((value) => !schema.safeParse(value).success)
        .map((value) => textsOf(schema, value).join("\n")),
    );
    expect(refused.length).toBeGreaterThan(30);
    for (const text of refused)
      expect(text).not.toMatch(/Invalid|Unrecognized|received|undefined/u);
  });
});
