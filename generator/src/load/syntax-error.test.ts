import { expect, test } from "vitest";
import { explainSyntax } from "./syntax-error.ts";

const explain = (reason: string, lines: readonly string[], line: number, column: number) =>
  explainSyntax(reason, lines.join("\n"), { line, column });
const ident = "Expected ',', got 'ident'";

test("a comma belongs before the comment and the empty line that follow", () => {
  const lines = ["export default f({", "  a: 1 // one", "", "  // two", "  b: 2,", "});"];
  const found = explain(ident, lines, 5, 3);
  expect(found?.fix).toBe("add a comma at the end of line 2");
  expect(found?.place).toEqual({ line: 2, column: 6 });
});

test("two entries in one line are told where the second begins", () => {
  const found = explain(ident, ["export default f({ a: 1 b: 2 });"], 1, 25);
  expect(found?.place).toEqual({ line: 1, column: 25 });
});

test("an equals sign is found after a comment, and not in a declaration before it", () => {
  const lines = ["const a = 1;", "export default f({", "  b: 2, // x", "  size = 3,", "});"];
  const found = explain("Invalid shorthand property initializer", lines, 1, 1);
  expect(found?.place).toEqual({ line: 4, column: 3, length: 4 });
  expect(found?.fix).toBe("write `size:` instead of `size =`");
});

test.for([
  {
    what: "a name that is not defined",
    reason: "x is not defined",
    lines: ["export default f({ a: x });"],
  },
  {
    what: "a label before other code",
    reason: "not today",
    lines: ["import x", "a: for (;;) break a;"],
  },
  {
    what: "another token",
    reason: "Unexpected token `=`",
    lines: ["export default f({", "a: - 1 = 2 })"],
  },
])("nothing is said of $what", ({ reason, lines }) => {
  expect(explain(reason, lines, lines.length, 1)).toBeUndefined();
});
