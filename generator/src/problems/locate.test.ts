import { expect, test } from "vitest";
import * as rzp from "../authoring/rzp.ts";
import { locate } from "./locate.ts";

/** Objects, so that each argument is found again by itself and not by what it says. */
const given: readonly object[] = [Object("first"), Object("second")];

/** Which of its arguments a function puts under which key. What `define…` takes is an object, looked into by its fields. */
const parameters = Object.entries(rzp).flatMap(([name, make]) => {
  if (typeof make !== "function") return [];
  const result: object = Reflect.apply(make, undefined, given);
  return Object.entries(result).flatMap(([key, value]) =>
    given.includes(value) && key !== "spec" ? [{ name, key, index: given.indexOf(value) }] : [],
  );
});

test("functions with such parameters are found", () => {
  expect(parameters).toContainEqual({ name: "from", key: "key", index: 1 });
  expect(parameters.length).toBeGreaterThan(10);
});

test.each(parameters)("`$key` of $name(…) is at argument $index", ({ name, key, index }) => {
  const text = `export default ${name}("first", "second");\n`;
  const { place, depth } = locate("values.ts", text, [key]);
  expect(depth).toBe(1);
  expect(place).toMatchObject({
    line: 1,
    column: text.indexOf(index === 0 ? '"first"' : '"second"') + 1,
  });
});
