/**
 * The restore drill. `run` drills all services of the plan, `serve` gives the results to Prometheus, `check` looks at
 * one restored volume, in a pod of its own that `run` makes.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { DrillPlan } from "../src/model/drill-plan.ts";
import { apiServerOfPod } from "./api.ts";
import { messageOf } from "./check/findings.ts";
import type { CheckRequest } from "./check/findings.ts";
import { judge } from "./check/judge.ts";
import { metricsText } from "./metrics.ts";
import { readResults } from "./results.ts";
import { runDrills } from "./run.ts";
import type { World } from "./world.ts";

const environment = process.env;

function readPlan(): DrillPlan {
  return JSON.parse(readFileSync(environment["PLAN"] ?? "/app/plan.json", "utf8")) as DrillPlan;
}

let stopped = false;

const world = (): World => ({
  server: apiServerOfPod(environment, async (milliseconds) => {
    await sleep(milliseconds);
  }),
  now: Date.now,
  stopped: () => stopped,
  say: (line) => process.stdout.write(`${JSON.stringify(line)}\n`),
  ask: async (url) => {
    try {
      return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).status;
    } catch {
      return undefined;
    }
  },
});

/** Pods of one Job are called after it, with a word of their own behind the last hyphen. */
const runOf = (pod: string) => pod.replace(/-[^-]*$/, "");

async function run(): Promise<void> {
  process.on("SIGTERM", () => {
    stopped = true;
  });
  const passed = await runDrills(world(), readPlan(), runOf(environment["POD_NAME"] ?? "by-hand"));
  process.exitCode = passed ? 0 : 1;
}

function serve(): void {
  const plan = readPlan();
  const here = world();
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") {
      response.writeHead(request.url === "/healthz" ? 200 : 404).end();
      return;
    }
    readResults(here, plan).then(
      (results) =>
        response
          .writeHead(200, { "content-type": "text/plain; version=0.0.4" })
          .end(metricsText(plan, results)),
      (error: unknown) => response.writeHead(503).end(String(error)),
    );
  });
  process.on("SIGTERM", () => server.close());
  server.listen(Number(environment["PORT"] ?? 9090));
}

async function check(): Promise<void> {
  const request = JSON.parse(environment["CHECK"] ?? "{}") as CheckRequest;
  const findings = await judge(
    environment["RESTORED"] ?? "/restored",
    request,
    environment["ANSWERS"],
  );
  writeFileSync(environment["TERMINATION_LOG"] ?? "/dev/termination-log", messageOf(findings));
}

const modes: Readonly<Record<string, () => void | Promise<void>>> = { run, serve, check };
const mode = modes[process.argv[2] ?? ""];
if (mode === undefined) {
  process.stderr.write(`usage: drill ${Object.keys(modes).join(" | ")}\n`);
  process.exitCode = 2;
} else await mode();
