/** Who is told of alerts: names that must be there. */
import type { AlertRouting } from "../../model/alert-routing.ts";
import { ownService } from "../../model/names.ts";
import { environmentFile } from "../../model/paths.ts";
import type { EnvironmentFacts, Release } from "../../model/platform.ts";
import type { ProblemCode } from "../../problems/codes.ts";
import type { Problem } from "../../problems/problem.ts";
import { choice, problemAt } from "../../problems/report.ts";
import type { Keys } from "../../model/reading.ts";
import type { ProblemText } from "../../problems/report.ts";
import { saidAlerts, switchOf } from "../../release/monitoring/alert-receivers.ts";
import { runsScraper } from "../../release/monitoring/scraping.ts";

/** In: all releases of one cluster. Problems: ALERT_RECEIVER_UNKNOWN, ALERT_ROUTE_UNKNOWN, ALERTS_ELSEWHERE, ALERTS_UNGUARDED, ALERTS_UNTOLD. */
export function checkAlertRouting(releases: readonly Release[]): Problem[] {
  const environments = [...new Set(releases.map(({ facts }) => facts))];
  return environments.flatMap((facts) => checkEnvironment(facts, environments, releases));
}

function checkEnvironment(
  facts: EnvironmentFacts,
  environments: readonly EnvironmentFacts[],
  releases: readonly Release[],
): Problem[] {
  const said = saidAlerts(facts);
  const report: Report = (code, keys, text) =>
    problemAt(code, environmentFile(facts.name), ["alerts", ...keys], text, facts.name);
  if (facts.environment.alerts === undefined)
    return environments.some(({ environment }) => environment.alerts !== undefined)
      ? []
      : untold(facts, releases, report);
  const misplaced = elsewhere(facts, releases, report);
  if (said === undefined) return misplaced;
  const tiers = [...Object.keys(facts.tiers), ownService];
  const places = environments.map(({ name }) => name);
  return [
    ...misplaced,
    ...(misplaced.length === 0 ? unguarded(said, report) : []),
    ...unknownReceivers(said, report),
    ...unknownInRoutes(said, { tiers, environments: places }, report),
  ];
}

type Report = (code: ProblemCode, keys: Keys, text: ProblemText) => Problem;

function unknownReceivers(said: AlertRouting, report: Report): Problem[] {
  const { receivers, otherwise, routes = [] } = said;
  const deadMansSwitch = switchOf(said);
  const named: readonly (readonly [string, Keys])[] = [
    [otherwise, ["otherwise"]],
    ...(deadMansSwitch === undefined
      ? []
      : [[deadMansSwitch.to, ["deadMansSwitch", "to"]] as const]),
    ...routes.map(({ to }, index) => [to, ["routes", index, "to"]] as const),
  ];
  const known = Object.keys(receivers);
  return named
    .filter(([name]) => !known.includes(name))
    .map(([name, keys]) =>
      report("ALERT_RECEIVER_UNKNOWN", keys, {
        message: `there is no receiver \`${name}\``,
        ...choice(name, known, "add it to receivers"),
      }),
    );
}

const fieldsOfRoutes = [
  ["tiers", "tier"],
  ["environments", "environment"],
] as const;

const unknownInRoutes = (
  { routes = [] }: AlertRouting,
  known: Readonly<Record<"tiers" | "environments", readonly string[]>>,
  report: Report,
): Problem[] =>
  fieldsOfRoutes.flatMap(([field, word]) =>
    routes.flatMap((route, index) =>
      (route[field] ?? []).flatMap((name, position) =>
        known[field].includes(name)
          ? []
          : [
              report("ALERT_ROUTE_UNKNOWN", ["routes", index, field, position], {
                message: `a route of alerts asks for the ${word} \`${name}\`, and there is none: it would take nothing`,
                ...choice(name, known[field], "take it out"),
              }),
            ],
      ),
    ),
  );

/** A warning: the alerts are there to be seen, and whom to tell may be known later. Where another environment says it, that is told there. */
function untold(
  { name }: EnvironmentFacts,
  releases: readonly Release[],
  report: Report,
): Problem[] {
  const scraper = releases.find((release) => release.facts.name === name && runsScraper(release));
  if (scraper === undefined) return [];
  return [
    report("ALERTS_UNTOLD", [], {
      severity: "warning",
      message: `nobody is told of alerts: ${scraper.service.name} runs in ${name}, which does not say whom it tells`,
      expected: "`alerts` with those who are told, or the reason why nobody is",
      fix: `add alerts to ${environmentFile(name)}: { receivers: { phone: { ntfy: secret("ntfy-alerts") }, switch: { webhook: secret("dead-mans-switch") } }, otherwise: "phone", deadMansSwitch: { to: "switch" } }, or because(false, "say why here")`,
    }),
  ];
}

/** A warning, as of alerts that nobody is told of: while all is well, nothing is amiss. */
function unguarded({ deadMansSwitch }: AlertRouting, report: Report): Problem[] {
  if (deadMansSwitch !== undefined) return [];
  return [
    report("ALERTS_UNGUARDED", [], {
      severity: "warning",
      message:
        "there is no dead man's switch: while Prometheus, Alertmanager or the way out of the house is down, nobody is told of anything, nor of that",
      expected:
        "`deadMansSwitch` with a receiver outside the house, or the reason why there is none",
      fix: 'add deadMansSwitch: { to: "switch" }, and switch: { webhook: secret("dead-mans-switch") } to receivers, or add deadMansSwitch: because(false, "say why here")',
    }),
  ];
}

/** Alertmanager is there once a cluster, and what another environment says would be read by nobody. */
function elsewhere(
  facts: EnvironmentFacts,
  releases: readonly Release[],
  report: Report,
): Problem[] {
  const { name, clusterName, cluster } = facts;
  const scrapers = releases.filter(runsScraper);
  if (scrapers.some((release) => release.facts.name === name)) return [];
  const [other] = scrapers;
  return [
    report("ALERTS_ELSEWHERE", [], {
      message: `nothing that runs in ${name} tells people of alerts`,
      expected:
        other === undefined
          ? `a service in ${name} whose pods are the scraper of cluster ${clusterName}`
          : `alerts in ${environmentFile(other.facts.name)}, where ${other.service.name} runs`,
      fix:
        other === undefined
          ? `add one that runs Prometheus and Alertmanager to services in ${environmentFile(cluster.carrier)}`
          : saidAlerts(facts) === undefined
            ? "take it out: nobody is told from here anyway"
            : `move it there; a route may say environments: ["${name}"]`,
    }),
  ];
}
