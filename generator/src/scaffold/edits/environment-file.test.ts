/** A service comes into an environment's list and leaves it, and the file is laid out as the formatter would. */
import { describe, expect, test } from "vitest";
import { withoutInherited, withoutService, withService } from "./environment-file.ts";

const file = (lines: readonly string[]) =>
  [
    'import { defineEnvironment } from "#rzp";',
    "",
    "export default defineEnvironment({",
    ...lines.map((line) => `  ${line}`),
    "});",
    "",
  ].join("\n");

const long = ["argo-cd", "cert-manager", "cloudnative-pg", "envoy-gateway", "external-dns", "ntfy"];
const onOneLine = `services: [${long.map((name) => `"${name}"`).join(", ")}],`;

describe("a round trip leaves the file as it was", () => {
  test.each([
    ["an environment that lists none", ['extends: "prod",', 'secrets: { backend: "fake" },'], "a"],
    ["a list on one line", ['services: ["a", "c"],', 'domain: "example.com",'], "b"],
    ["a list that becomes too long for its line", [onOneLine], "radarr"],
    ["an empty list", ["services: [],"], "a"],
    [
      "a list with a comment",
      ["services: [", '  "a", // the first', '  "c",', "],", 'domain: "example.com",'],
      "b",
    ],
  ])("%s", (_, lines, service) => {
    const before = file(lines);
    const after = withService(before, service);
    expect(after).toContain(`"${service}"`);
    expect(withoutService(after, service)).toBe(before);
  });
});

test("a property that is added ends with a comma, as those before it", () => {
  expect(withService(file(['extends: "prod",']), "navidrome")).toBe(
    file(['extends: "prod",', 'services: ["navidrome"],']),
  );
});

test("a list that does not fit has a line for each", () => {
  expect(withService(file([onOneLine]), "radarr")).toBe(
    file(["services: [", ...[...long, "radarr"].map((name) => `  "${name}",`), "],"]),
  );
});

test("it leaves `without` as well", () => {
  const before = file(['extends: "prod",', 'without: ["a"],', 'domain: "example.com",']);
  expect(withoutService(before, "a")).toBe(file(['extends: "prod",', 'domain: "example.com",']));
});

test("what is inherited is left out: in a list that is there, and in a new one", () => {
  const extending = ['extends: "prod",', 'domain: "example.com",'];
  expect(withoutInherited(file([...extending, 'without: ["a", "c"],']), "b")).toBe(
    file([...extending, 'without: ["a", "b", "c"],']),
  );
  expect(withoutInherited(file(extending), "b")).toBe(file([...extending, 'without: ["b"],']));
});

test("a name that is not in the list changes nothing", () => {
  const before = file(['services: ["a"],']);
  expect(withoutService(before, "b")).toBe(before);
});
