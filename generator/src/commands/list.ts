/** `npm run list`: services, tiers, environments, versions, ports, what each consumes. */
import { soleComponent } from "../model/names.ts";
import { listCoverage } from "../scaffold/listings/coverage.ts";
import type { ListedCoverage } from "../scaffold/listings/coverage.ts";
import { listServices, unconfirmedFacts } from "../scaffold/listings/services.ts";
import type { ListedService } from "../scaffold/listings/services.ts";
import type { Invocation } from "./arguments.ts";
import { askedPlatform } from "./platform.ts";
import type { AskedPlatform } from "./platform.ts";
import { printProblems } from "../print-problems.ts";
import { shortList, table } from "./table.ts";

/** Exit code: 0 listed, 2 mistakes in authored files. */
export async function list(invocation: Invocation): Promise<0 | 2> {
  const platform = await askedPlatform(invocation);
  if (platform === undefined) return 2;
  if (invocation.unconfirmed) return tellUnconfirmed(platform, invocation);
  if (invocation.coverage) return tellCoverage(platform, invocation);
  return tellServices(platform, invocation);
}

function tellUnconfirmed({ tree }: AskedPlatform, { format }: Invocation): 0 | 2 {
  const { facts, problems } = unconfirmedFacts(tree);
  if (problems.length > 0) {
    printProblems(tree.root, problems, format);
    return 2;
  }
  const lines = facts.map(
    ({ service, fact, note = "" }) => `${`${service}  ${fact}  ${note}`.trimEnd()}\n`,
  );
  write(format, facts, () => lines.join("") || "everything was found in a source\n");
  return 0;
}

function tellCoverage({ releases }: AskedPlatform, { environment, format }: Invocation): 0 {
  const { rows, sums } = listCoverage(releases, environment);
  const paragraphs = [sums, rows.flatMap(exporterLines)].filter((lines) => lines.length > 0);
  write(format, rows, () =>
    [table([coverageHeadings, ...rows.map(coverageRow)]), ...paragraphs.map(asParagraph)].join(
      "\n",
    ),
  );
  return 0;
}

function tellServices(platform: AskedPlatform, { environment, format }: Invocation): 0 {
  const services = listServices(platform).filter(
    (service) => environment === undefined || service.environments.includes(environment),
  );
  write(format, services, () => table([headings, ...services.map(rowOf)]));
  // For a machine the answer is the list alone, where the environments of such a service are none.
  if (format === "human") printProblems(platform.tree.root, platform.warnings, format);
  return 0;
}

/** For a program what is listed, for a person its text. */
function write(format: Invocation["format"], listed: readonly object[], text: () => string): void {
  process.stdout.write(format === "json" ? `${JSON.stringify(listed, null, 2)}\n` : text());
}

const headings = ["SERVICE", "TIER", "ENVIRONMENTS", "VERSION", "PORTS", "CONSUMES"] as const;

const coverageHeadings = ["ENVIRONMENT", "COMPONENT", "WATCHED BY", "ALIVE"] as const;

const coverageRow = ({ by, alive, lacks, ...row }: ListedCoverage) => [
  row.environment,
  componentName(row),
  by,
  lacks === undefined ? (alive ?? "") : `the cluster has no ${lacks}`,
];

const asParagraph = (lines: readonly string[]) => `${lines.join("\n")}\n`;

const exporterLines = ({ could, ...row }: ListedCoverage) =>
  could === undefined
    ? []
    : [`${row.environment}: ${componentName(row)} can have an exporter beside it: ${could}`];

const componentName = ({ service, component }: Pick<ListedCoverage, "service" | "component">) =>
  component === soleComponent ? service : `${service}/${component}`;

const rowOf = ({ name, tier, environments, version, ports, consumes }: ListedService) => [
  name,
  tier,
  environments.join(" ") || "none",
  version,
  shortList(ports),
  shortList(consumes),
];
