/** What tests are told with, in both projects. */
import path from "node:path";
import type { ViteUserConfig } from "vitest/config";

/** Where CI counts tests: one report a run. */
const reports = process.env["RZP_REPORTS"];

export const reporters: NonNullable<NonNullable<ViteUserConfig["test"]>["reporters"]> =
  reports === undefined
    ? ["default"]
    : ["default", ["json", { outputFile: path.join(reports, `${process.pid}.json`) }]];
