/** Files that cannot be run, or that describe something else. */
import { dev, prod, prowlarr, sonarr, tiers, vector } from "../change.ts";
import type { Cases } from "../change.ts";

const withBody = (before: string, argument = '{ tier: "media", about: "Finds television series", image: "ghcr.io/home-operations/sonarr:4.0.19.3001", health: { exec: ["true"] } }') =>
  `import { defineService } from "#rzp";\n\n${before}\nexport default defineService(${argument});\n`;
/** Nobody else needs this one, so that a file which gives nothing is the only mistake. */
const mine = "charts/services/mine/values.ts";
/** Where it lies is the mistake. */
const notes = "export const later = true;\n";

export const files: Cases = {
  "throws": { in: mine, text: withBody('throw new Error("not today");\n') },
  "throws-text": { in: mine, text: withBody('throw "not today";\n') },
  "names-what-is-not-there": { in: sonarr, replace: 'secret("api-key"),\n    SONARR__LOG', by: 'sekret("api-key"),\n    SONARR__LOG' },
  "syntax-error": { in: mine, text: withBody("const = 1;\n") },
  "bracket-not-closed": { in: mine, text: 'import { defineService } from "#rzp";\n\nexport default defineService({\n  tier: "media",\n' },
  "comma-forgotten": { in: sonarr, replace: '  tier: "media",\n', by: '  tier: "media"\n' },
  "equals-sign-in-an-object": { in: sonarr, replace: 'size: "small"', by: 'size = "small"' },
  "merge-conflict": { in: sonarr, replace: '  size: "small",\n', by: '<<<<<<< HEAD\n  size: "small",\n=======\n  size: "large",\n>>>>>>> other\n' },
  "written-as-yaml": { in: mine, text: "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: mine\n" },
  "yaml-inside": { in: sonarr, replace: '{ http: "/ping" },\n', by: '{ http: "/ping" },\n  args:\n    - sync\n    - name: x\n' },
  "quote-not-closed": { in: sonarr, replace: 'size: "small",', by: 'size: "small,' },
  "list-not-closed": { in: sonarr, replace: '["https"]', by: '["https"' },
  "comma-forgotten-in-an-imported-module": [
    { in: mine, text: `import { facts } from "./facts.ts";\n${withBody("", "facts")}` },
    { in: "charts/services/mine/facts.ts", text: 'export const facts = {\n  tier: "media"\n  about: "Finds television series",\n};\n' },
  ],
  "imports-unknown-name": { in: sonarr, replace: "import { defineService, from, scratch, secret, share, state }", by: "import { defineService, from, scrach, scratch, secret, share, state }" },
  "imports-rzp-misspelt": { in: mine, text: withBody("").replace("#rzp", "#rpz") },
  "imports-rzp-without-its-sign": { in: mine, text: withBody("").replace("#rzp", "rzp") },
  "import-line-forgotten": { in: mine, text: withBody("").replace(/^import .*\n/, "") },
  "name-not-imported": { in: sonarr, replace: "from, scratch, secret,", by: "from, scratch," },
  "imports-unknown-file": { in: mine, text: `import { image } from "./image.ts";\n${withBody("console.log(image);\n")}` },
  "imports-unknown-package": { in: mine, text: `import lodash from "lodash-es-nobody-has";\n${withBody("console.log(lodash);\n")}` },
  "loops-for-ever": { in: mine, text: withBody("for (;;);\n") },
  "waits-for-ever": { in: mine, text: withBody("await new Promise(() => undefined);\n") },
  "ends-the-process": { in: mine, text: withBody("process.exit(0);\n") },
  "exports-nothing": { in: mine, text: 'import { defineService } from "#rzp";\n\ndefineService({ tier: "media", about: "Finds television series", image: "ghcr.io/home-operations/sonarr:4.0.19.3001" });\n' },
  "exports-by-name-only": { in: mine, text: 'import { defineService } from "#rzp";\n\nexport const service = defineService({ tier: "media", about: "Finds television series", image: "ghcr.io/home-operations/sonarr:4.0.19.3001" });\n' },
  "is-empty": { in: mine, text: "" },
  "exports-a-plain-object": { in: mine, text: 'export default { tier: "media", about: "Finds television series" };\n' },
  "exports-null": { in: mine, text: "export default null;\n" },
  "exports-the-function": { in: mine, text: 'import { defineService } from "#rzp";\n\nexport default defineService;\n' },
  "exports-an-environment": { in: mine, text: 'import { defineEnvironment } from "#rzp";\n\nexport default defineEnvironment({ cluster: "home", domain: "example.com", revision: "main", secrets: { backend: "fake" } });\n' },
  "service-where-tiers-belong": { in: tiers, text: withBody("") },
  "calls-with-nothing": { in: mine, text: withBody("", "") },
  "calls-with-text": { in: mine, text: withBody("", '"sonarr"') },
  "calls-with-a-list": { in: mine, text: withBody("", "[]") },
  "function-where-data-is-wanted": { in: vector, replace: 'pod("spec.nodeName")', by: "() => process.env.HOSTNAME" },
  "function-not-called": { in: vector, replace: "runs: daemonSet()", by: "runs: daemonSet" },
  "date-where-text-is-wanted": { in: prowlarr, replace: "env: {", by: "env: { BUILT: new Date(0)," },
  "promise-where-data-is-wanted": { in: mine, text: withBody("", "Promise.resolve({})") },
  "symbol-where-text-is-wanted": { in: vector, replace: 'pod("spec.nodeName")', by: 'Symbol("node")' },
  "refers-to-itself": { in: mine, text: withBody('const service: Record<string, unknown> = { tier: "media", about: "Finds television series", image: "ghcr.io/home-operations/sonarr:4.0.19.3001", health: { exec: ["true"] } };\nservice["offers"] = service;\n', "service as never") },
  // --- files that are not there, and files nobody reads
  "no-tiers-file": { in: tiers, removed: true },
  "tiers-file-misnamed": [{ in: tiers, removed: true }, { in: "environments/tier.ts", text: notes }],
  "environment-file-misnamed": [{ in: dev, removed: true }, { in: "environments/dev/enviroment.ts", text: notes }],
  "environment-file-gone": { in: dev, removed: true },
  "extended-environment-gone": [
    { in: dev, removed: true },
    { in: prod, replace: '  cluster: "home",', by: '  cluster: "home",\n  extends: "dev",' },
  ],
  "environment-folder-misspelt": { in: "environments/prd/sonarr.ts", text: notes },
  "environment-folder-without-its-file": { in: "environments/qa/notes.ts", text: notes },
  "stray-file-beside-tiers": { in: "environments/notes.ts", text: notes },
  "overlay-beside-tiers": { in: "environments/sonarr.ts", text: notes },
  "stray-folder-in-environment": { in: "environments/dev/overlays/sonarr.ts", text: notes },
  "stray-file-below-clusters": { in: "environments/clusters/more/away.ts", text: notes },
  "stray-file-beside-services": { in: "charts/services/other.ts", text: notes },
  "stray-file-in-service": { in: "charts/services/sonarr/other.ts", text: notes },
  "service-file-misnamed": { in: "charts/services/foo/value.ts", text: notes },
  "service-in-yaml": { in: "charts/services/foo/values.yaml", text: "image: nginx\n" },
  "listed-service-without-its-file": [
    { in: "charts/services/foo/values.yaml", text: "image: nginx\n" },
    { in: prod, replace: '"vector"', by: '"vector", "foo"' },
  ],
  "service-file-is-a-folder": { in: "charts/services/foo/values.ts/index.ts", text: notes },
  "undefined-for-a-variable": { in: vector, replace: 'pod("spec.nodeName")', by: "process.env.NOBODY_SETS_THIS" },
};
