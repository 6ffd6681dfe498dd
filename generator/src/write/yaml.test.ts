import fc from "fast-check";
import { expect, test } from "vitest";
import { printed, yaml } from "./yaml.ts";

const words = ["yes", "No", "on", "null", "~", "0755", "1.20", "1e3", "2026-01-01", "12:30", "a: b", "a #b", "#a", "- a", "a:", ":a", "=", "<<", "", " a", "a ", "two\nlines\n", "no end\nof line", "  indented\nthen not\n", "\n", "tab\there", "é", "\u2028", "*", "&a", "!tag", "%x", "@x", "`x`", "{a}", "[a]", "a,b", "'q'", '"q"', "a\\b", "x".repeat(300), "/path/to", "host:8080", "10m", "http://a/b?c=d", "5m", "8Mi", "1e3m", "10.0.0.1", "10.0.0.1/24", "4 4 * * *", "*/5 * * * *", "1 2", "{{ .x }}", "it's", "a 'b' \"c\"", "?", "-", "? a", "-a", "a -", "a-", "<", ">", "$", "$(A)", "/", "_", ".5", ".inf", "+1", "0x1F", "0b1", "1_000", "y", "N", "yEs", "a\u007f", "1:20", "2001-12-14 21:59:43", "20 of *", "1/2", "1/*", "=a", "e5", "E-5", "e+1", "e"];
const text = fc.oneof(fc.constantFrom(...words), fc.string(), fc.string({ unit: "binary" }), fc.stringMatching(/^[a-zA-Z0-9 .:/_-]{0,12}$/));
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie("tree"), { maxLength: 4 }),
    fc.dictionary(text, fc.oneof(tie("tree"), fc.constant(undefined)), { maxKeys: 4, noNullPrototype: true }),
  ),
}));

test("prints what the library prints", () => {
  fc.assert(fc.property(tree, (value) => {
    expect(yaml(value)).toBe(printed(value));
  }), { numRuns: 3000 });
});

test.for(words)("prints %j as the library does, wherever it is", (word) => {
  const value = { a: word, [word]: 1, list: [word, [word], { b: word, c: { d: word } }] };
  expect(yaml(value)).toBe(printed(value));
});
