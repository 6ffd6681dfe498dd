/**
 * `npm run coverage`: whether tests take enough branches of the generator. The figure is that of the last `npm test`,
 * which runs first when it has not run since the last change.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { judge, readReport, whyOutdated } from "./report.ts";

const root = path.resolve(import.meta.dirname, "../../..");

/** Exit code: 0 enough, 1 too little or a test that fails. */
function main(): number {
  const reason = whyOutdated(root);
  if (reason !== undefined) {
    process.stdout.write(`npm test, because ${reason}\n`);
    const { status } = spawnSync("npm", ["test"], { cwd: root, stdio: "inherit" });
    if (status !== 0) return 1;
  }
  const { isEnough, text } = judge(readReport(root), root);
  (isEnough ? process.stdout : process.stderr).write(text);
  return isEnough ? 0 : 1;
}

process.exitCode = main();
