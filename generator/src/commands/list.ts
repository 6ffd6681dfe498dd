/** `npm run list`: services, tiers, environments, versions, ports, what each consumes. */
import { readTree } from "../load/tree.ts";
import { soleComponent } from "../model/names.ts";
import { listCoverage } from "../scaffold/coverage-listing.ts";
import type { ListedCoverage } from "../scaffold/coverage-listing.ts";
import { listServices, unconfirmedFacts } from "../scaffold/listing.ts";
import type { ListedService } from "../scaffold/listing.ts";
import { buildPlatform } from "../pipeline.ts";
import type { Invocation } from "./arguments.ts";
import { unknownEnvironment } from "../scaffold/unknown-names.ts";
import { report } from "./report.ts";
import { repositoryRoot } from "./repository-paths.ts";
import { shortList, table } from "./table.ts";

/** Exit code: 0 listed, 2 mistakes in authored files. */
export async function list(invocation: Invocation): Promise<0 | 2> {
  const root = repositoryRoot();
  const tree = readTree(root);
  const { value, problems } = await buildPlatform(tree);
  if (value === undefined) {
    report(root, problems, invocation.format);
    return 2;
  }
  const { environment } = invocation;
  if (environment !== undefined && !tree.environments.includes(environment)) {
    report(root, [unknownEnvironment(environment, tree)], invocation.format);
    return 2;
  }
  if (invocation.unconfirmed) {
    const { facts, problems: unreadable } = unconfirmedFacts(tree);
    if (unreadable.length > 0) {
      report(root, unreadable, invocation.format);
      return 2;
    }
    process.stdout.write(
      invocation.format === "json"
        ? `${JSON.stringify(facts, null, 2)}\n`
        : facts
            .map(
              ({ service, fact, note }) =>
                `${service}  ${fact}${note === undefined ? "" : `  ${note}`}\n`,
            )
            .join("") || "everything was found in a source\n",
    );
    return 0;
  }
  if (invocation.coverage) {
    const coverage = listCoverage(value.releases, environment);
    process.stdout.write(
      invocation.format === "json"
        ? `${JSON.stringify(coverage.rows, null, 2)}\n`
        : `${table([coverageHeadings, ...coverage.rows.map(coverageRow)])}\n${coverage.sums.join("\n")}\n`,
    );
    return 0;
  }
  const services = listServices(value).filter(
    (service) => environment === undefined || service.environments.includes(environment),
  );
  process.stdout.write(
    invocation.format === "json"
      ? `${JSON.stringify(services, null, 2)}\n`
      : table([headings, ...services.map(rowOf)]),
  );
  // For a machine the answer is the list alone, where the environments of such a service are none.
  if (invocation.format === "human") report(root, problems, invocation.format);
  return 0;
}

const headings = ["SERVICE", "TIER", "ENVIRONMENTS", "VERSION", "PORTS", "CONSUMES"] as const;

const coverageHeadings = ["ENVIRONMENT", "COMPONENT", "WATCHED BY", "ALIVE"] as const;

const coverageRow = ({ environment, service, component, by, alive, lacks }: ListedCoverage) => [
  environment,
  component === soleComponent ? service : `${service}/${component}`,
  by,
  lacks === undefined ? (alive ?? "") : `the cluster has no ${lacks}`,
];

const rowOf = ({ name, tier, environments, version, ports, consumes }: ListedService) => [
  name,
  tier,
  environments.join(" ") || "none",
  version,
  shortList(ports),
  shortList(consumes),
];
