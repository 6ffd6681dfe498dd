/** The problems of `npm run cluster`. */
import type { Problem } from "../src/problems/problem.ts";
import { toolProblem, usageProblem } from "../src/tools/problems.ts";

const usage = "npm run cluster -- up [--environment dev] [--watch] | down | status";

export const wrongUsage = (word: string, words: readonly string[]): Problem =>
  usageProblem("npm run cluster", { word, words, usage });

export const alreadyUp = (environment: string | undefined): Problem =>
  toolProblem("CLUSTER_ALREADY_UP", {
    file: ".cluster",
    message: `The local cluster is up (${environment ?? "starting, or left half-way"}).`,
    fix: "Use it, or end it with `npm run cluster -- down`.",
  });

export const notUp = (): Problem =>
  toolProblem("CLUSTER_NOT_UP", {
    file: ".cluster",
    message: "No local cluster is up.",
    fix: "Start one with `npm run cluster -- up`.",
  });

export const notStarted = ({ message }: Error): Problem =>
  toolProblem("CLUSTER_NOT_STARTED", {
    file: ".cluster/log",
    message,
    fix: "Mend what it says. Then `npm run cluster -- down`, if one was up, and `npm run cluster -- up`.",
  });

export const foreign = (message: string, fix: string): Problem =>
  toolProblem("CLUSTER_FOREIGN", { file: ".cluster", message, fix });

export const notTheCarrier = (environment: string, carrier: string | undefined): Problem =>
  toolProblem("TOOL_USAGE", {
    file: "environments",
    message: `${environment} runs on a cluster whose operators are those of ${carrier}.`,
    fix: `npm run cluster -- up --environment ${carrier}`,
  });

export const notRendered = (environment: string): Problem =>
  toolProblem("CLUSTER_NOT_STARTED", {
    file: `kubernetes/${environment}`,
    message: `Nothing of ${environment} is rendered, so there is nothing to sync.`,
    fix: "npm run render",
  });

export const notHere = (): Problem =>
  toolProblem("CLUSTER_NOT_STARTED", {
    file: "package.json",
    message: "The local cluster runs on Linux only.",
    found: process.platform,
    expected: "linux",
    fix: "Run it in a Linux machine, virtual or not.",
  });
