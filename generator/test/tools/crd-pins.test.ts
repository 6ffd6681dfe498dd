/** Objects are checked against CRDs of the releases that run: pins, charts and what each chart brings say the same. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { readCrdModules } from "../../src/tools/crd-list.ts";
import { projectRoot } from "../support/repository.ts";

const Chart = z.strictObject({
  service: z.string(),
  chart: z.string(),
  brings: z.string(),
  from: z.string().min(10),
  pin: z.string(),
  because: z.string().min(10).optional(),
});
type Chart = z.infer<typeof Chart>;

const read = (file: string) => readFileSync(path.join(projectRoot, file), "utf8");
const pins = new Map(
  readCrdModules(read("tools/crds/crds.json")).map(({ name, module }) => [
    name,
    module.split("@v")[1] ?? "",
  ]),
);
const { charts } = z
  .strictObject({ "//": z.string(), charts: z.array(Chart) })
  .parse(JSON.parse(read("tools/crds/charts.json")));

/** Pinned for objects that no chart here brings a controller of. */
const withoutChart = ["gateway-api", "external-snapshotter"];

const chartOf = (folder: string, service: string) =>
  /\bchart: \{\s*from: "[^"]+",\s*version: "([^"]+)"/.exec(
    read(`${folder}/${service}/values.ts`),
  )?.[1];

/** CRDs change with the minor version; a patch mends the program. */
const minor = (version: string) => version.split(".").slice(0, 2).join(".");

/** What is wrong with a line; undefined when all is as it says. */
function mistake(
  { chart, brings, pin, because }: Chart,
  deployed: string | undefined,
): string | undefined {
  const pinned = pins.get(pin);
  if (deployed !== chart) return `${deployed} is deployed: look up what it brings`;
  if (pinned === undefined) return `no pin ${pin}`;
  const isSame = minor(pinned) === minor(brings);
  if (isSame && because !== undefined) return `the pin is of ${brings}: \`because\` can go`;
  return isSame || because !== undefined ? undefined : `${pinned} is pinned, ${brings} runs`;
}

test.for(charts)("the pin of $service is what its chart brings", (line) => {
  expect(mistake(line, chartOf("charts/services", line.service))).toBeUndefined();
  expect(mistake(line, chartOf("generator/catalogue", line.service))).toBeUndefined();
});

test("every pin has a line, or has no chart here", () => {
  expect([...charts.map(({ pin }) => pin), ...withoutChart].toSorted()).toEqual(
    [...pins.keys()].toSorted(),
  );
});

test("every chart with CRDs has a line; the others bring none", () => {
  const withChart = readdirSync(path.join(projectRoot, "charts/services"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && chartOf("charts/services", entry.name) !== undefined)
    .map(({ name }) => name);
  expect(withChart.toSorted()).toEqual(
    [...charts.map(({ service }) => service), "reloader"].toSorted(),
  );
});

const line: Chart = {
  service: "metallb",
  chart: "1.0.0",
  brings: pins.get("metallb") ?? "",
  from: "somewhere one can look",
  pin: "metallb",
};
test.for<[string, Chart, string, RegExp]>([
  ["a chart that moved on", line, "1.0.1", /^1\.0\.1 is deployed/],
  ["a pin that is not there", { ...line, pin: "metalb" }, "1.0.0", /^no pin metalb$/],
  ["another release without a reason", { ...line, brings: "0.99.0" }, "1.0.0", / 0\.99\.0 runs$/],
  ["a reason for nothing", { ...line, because: "nobody knows" }, "1.0.0", /can go$/],
])("told: %s", ([, given, deployed, expected]) => {
  expect(mistake(given, deployed)).toMatch(expected);
});
