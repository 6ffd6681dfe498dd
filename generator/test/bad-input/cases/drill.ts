/** What a restore drill could not tell from an empty volume, or nobody could restore. */
import { immich, prod, prowlarr, sonarr } from "../change.ts";
import type { Cases, Change } from "../change.ts";
import { backed } from "./backup.ts";

const drills: Change = {
  in: "charts/services/restore-drill/values.ts",
  text: `import { defineService, restorePlan, schedule } from "#rzp";

export default defineService({
  tier: "apps",
  about: "Restores backups for trial and looks at the data",
  image: "docker.io/library/node:26.10.0-slim",
  runs: schedule("0 3 1 * *", { endsWithin: "23h" }),
  files: { "/app/plan.json": restorePlan(), "/app/drill.mjs": "" },
});
`,
};
const proof = "restored: { files: { atLeast: 1 } }";
const ofImmich: Change = { in: immich, replace: 'class: "bulk" }', by: `class: "bulk", ${proof} }` };
const ofProwlarr: Change = { in: prowlarr, replace: 'size: "1Gi" }', by: `size: "1Gi", ${proof} }` };
const ofSonarr = (said: string): Change => ({ in: sonarr, replace: 'size: "5Gi" }', by: `size: "5Gi", ${said} }` });
const runs: Change = { in: prod, replace: '"velero"]', by: '"velero", "restore-drill"]' };
const drilled = [...backed(), drills, runs, ofImmich, ofProwlarr];


export const drill: Cases = {
  "no-data-check": [...backed(), drills, runs, ofImmich, ofSonarr(proof)],
  "data-check-of-nothing": [...drilled, ofSonarr("restored: {}")],
  "not-tried-without-a-reason": [...drilled, ofSonarr("restored: false")],
  "end-nobody-knows": [...drilled, ofSonarr('restored: { whole: ["config.yaml"] }')],
  "path-that-leaves-the-volume": [...drilled, ofSonarr('restored: { whole: ["/config/config.xml"] }')],
  "path-above-the-volume": [...drilled, ofSonarr('restored: { newest: { within: "6h", path: "logs/../.." } }')],
  "newest-without-unit": [...drilled, ofSonarr('restored: { newest: { within: "6" } }')],
  "nobody-restores": [drills, { in: prod, replace: '"vector"]', by: '"vector", "restore-drill"]' }],
};
