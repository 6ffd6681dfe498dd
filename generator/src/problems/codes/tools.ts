/** Outside tools, and what they find. */
import type { CodeEntry } from "./entry.ts";

export const tools = {
  TOOL_CACHE_UNUSABLE: {
    title: "The tools' cache cannot be written",
    meaning: "Outside tools are kept in a cache folder, and that folder could not be written.",
    remedy: "Make the folder writable, free space, or set RZP_TOOLS_CACHE to another one.",
  },
  TOOL_CORRUPT: {
    title: "A tool is not the pinned one",
    meaning: "What was downloaded or carried has another checksum than the one RZP pins.",
    remedy: "Install again. If it stays, the source has changed: do not use it, look into it.",
  },
  TOOL_MISSING: {
    title: "A program that RZP needs is missing",
    meaning:
      "Building or running an outside tool needs Go, Python, Rust or git, and it is not on PATH.",
    remedy: "Install what the message names.",
  },
  TOOL_TOO_OLD: {
    title: "A program that RZP needs is too old",
    meaning:
      "Go, Python or Rust was found, but an older one than the pinned tools can be built with.",
    remedy: "Install the version that the message names.",
  },
  TOOL_DOWNLOAD_FAILED: {
    title: "A download failed",
    meaning: "The sources of a pinned tool could not be fetched.",
    remedy: "Check the network and the proxy settings, then run `npm run tools` again.",
  },
  TOOL_BUILD_FAILED: {
    title: "A tool could not be built",
    meaning: "The sources were fetched, but they did not compile or install.",
    remedy: "Read the last lines of the build in the message; they are the tool's own.",
  },
  TOOL_FAILED: {
    title: "A tool broke off",
    meaning: "An outside tool ended without a result: neither success nor findings.",
    remedy: "Read what it said, which the message quotes.",
  },
  TOOL_NO_SCHEMAS: {
    title: "No schemas of this Kubernetes version",
    meaning:
      "`npm run validate` checks each environment as its cluster's Kubernetes would, and the pinned validator has no schemas of that version.",
    remedy:
      "Correct `kubernetesVersion` of the cluster, or pin a validator that has the version; until then check against the nearest one with `--kubernetes-version`.",
  },
  TOOL_UNKNOWN: {
    title: "No such tool",
    meaning: "`npm run tools` was asked for a name that is not one of its tools.",
    remedy: "Take a name from `npm run tools -- --help`.",
  },
  TOOL_USAGE: {
    title: "A command was called in a wrong way",
    meaning:
      "A command of the tools (`tools`, `validate`, `secret-scan`, `cluster`) got an argument it does not know.",
    remedy: "Follow the usage line in the message.",
  },
  LINT_FAILED: {
    title: "A chart does not pass its linter",
    meaning: "yamllint, yamale or chart-testing found a fault in a chart under charts/.",
    remedy: "The linter's own lines say where. Generated files are mended by mending their source.",
  },
  SECRET_FOUND: {
    title: "A secret lies in the repository",
    meaning: "gitleaks found something in a file that looks like a password, a key or a token.",
    remedy: "Take it out and replace it at its issuer; it must be regarded as known.",
  },
} as const satisfies Record<string, CodeEntry>;
