/** What is told when it is not as it should be. */
import { alertKinds } from "../model/alerts.ts";
import type { AlertKind } from "../model/alerts/kind.ts";
import type { Release } from "../model/platform.ts";
import type { ServiceValues } from "../model/values/service.ts";
import { environmentFact } from "../release/causes.ts";
import { keyIn } from "../release/secrets/reads.ts";
import { derivedAlerts } from "../values/alerts/alerts.ts";
import type { Alert } from "../values/alerts/alert.ts";
import { derivedAlertRouting } from "../values/alerts/routing.ts";
import { derivedObjective } from "../values/alerts/objectives.ts";
import type { Objective } from "../values/alerts/objectives.ts";
import { consequence } from "./consequence.ts";
import type { Consequence } from "./consequence.ts";
import { aliveText } from "./monitoring.ts";
import { readersText } from "./secrets.ts";

/** In: a release. Out: the alerts about a service, and who is told of them. */
export function alertConsequences(release: Release): Consequence[] {
  const objective = derivedObjective(release);
  const routing = derivedAlertRouting(release);
  return [
    ...(objective === undefined ? [] : [consequence(objective, objectiveWords)]),
    ...derivedAlerts(release).map((derived) => consequence(derived, alertWords)),
    ...(routing === undefined
      ? []
      : routingWords(release.facts.name, routing.value).map((words) =>
          consequence(routing, () => words),
        )),
    ...(routing?.value.ignores === undefined
      ? []
      : [
          consequence(
            { ...routing, causes: [environmentFact(release.facts, "alerts", "deadMansSwitch")] },
            () => noSwitch,
          ),
        ]),
  ];
}

type Routing = ServiceValues["alertRouting"][string];
type Words = Pick<Consequence, "about" | "says">;

/** Who is told of what, each way to tell somebody, and when nobody is woken. */
function routingWords(
  environment: string,
  { receivers, otherwise, routes = [], quiet = [] }: Routing,
): Words[] {
  const told = routes.map(({ to, matches, waits }) => {
    const which = Object.entries(matches ?? {}).map(
      ([label, values]) => `${label} ${values.join(" or ")}`,
    );
    return `${to} of ${which.join(", ")}${waits === true ? " outside quiet hours" : ""}`;
  });
  const hours = quiet.map(
    ({ from, to, months }) =>
      `${from} to ${to}${months === undefined ? "" : ` in months ${months.join(", ")}`}`,
  );
  return [
    {
      about: `AlertmanagerConfig ${environment}`,
      says: `tells ${[...told, `${otherwise} of the rest`].join("; ")}`,
    },
    ...receivers.map((one) => ({ about: `receiver ${one.name}`, says: receiverWords(one) })),
    ...(hours.length === 0 ? [] : [{ about: "quiet hours", says: hours.join("; ") }]),
  ];
}

const noSwitch: Words = {
  about: "dead man's switch",
  says: "there is none: while Prometheus, Alertmanager or the way out of the house is down, nobody is told of anything, nor of that",
};

function receiverWords({ webhook, token, discord, email }: Routing["receivers"][number]): string {
  const ways = [
    ...(webhook === undefined ? [] : [`by webhook, at the address in ${webhook}`]),
    ...(token === undefined ? [] : [`signed in with ${token}`]),
    ...(discord === undefined ? [] : [`in Discord, at the address in ${discord}`]),
    ...(email === undefined ? [] : [`by e-mail to ${email.to}, through ${email.server}`]),
  ];
  return ways.join(", ");
}

function objectiveWords({ percent, isSaid, alive }: Objective) {
  const minutes = Math.round((100 - percent) * 432);
  const watched = alive.map(aliveText).join(", ");
  return {
    about: "objective",
    says: `available for ${percent}% of 30 days${isSaid ? ", as said" : ""}: away for at most ${minutes} minutes, known by ${watched}`,
  };
}

function alertWords(alert: Alert): Pick<Consequence, "about" | "says"> {
  const { severity, ...kind }: AlertKind = alertKinds[alert.kind];
  const [part, when] = partAndTime(alert);
  return {
    about: `alert ${alert.kind}${part === "" ? "" : ` of ${part}`}`,
    says: `${severity}, when ${when}${kind.for === undefined ? "" : `, for ${kind.for}`}`,
  };
}

/** What of the service it is about, where there may be several, and when it is raised. */
function partAndTime(alert: Alert): readonly [string, string] {
  switch (alert.kind) {
    case "ContainerCrashLooping":
      return ["", "a container starts again more than three times in half an hour"];
    case "ContainerOomKilled":
      return ["", "a container is ended for its memory"];
    case "PodNotReady":
      return ["", "a pod is not ready or waits for a node"];
    case "QuotaNearFull":
      return ["", "more than 90% of the quota is taken"];
    case "CertificateExpiring":
      return [`object ${alert.object}`, "a certificate ends within ten days"];
    case "CertificateNotReady":
      return [`object ${alert.object}`, "cert-manager cannot issue a certificate"];
    case "ExternalSecretNotReady":
      return [
        `Secret ${alert.read.secret}, key ${keyIn(alert.read)}`,
        `it cannot be fetched for ${readersText(alert.read.readers)}`,
      ];
    case "VolumeFilling":
      return [volumeText(alert.volume), "it is full within four days at this rate"];
    case "VolumeAlmostFull":
      return [volumeText(alert.volume), "less than 5% is left"];
    case "ContainerThrottled":
      return [
        `container ${alert.container} of ${alert.component}`,
        "its limit of processor time holds it back in a quarter of its time slices",
      ];
    case "BackupOverdue":
      return [`schedule ${alert.schedule}`, `no backup was made for ${hours(alert.after)}`];
    case "BackupMissing":
      return [
        `schedule ${alert.schedule}`,
        `it has not made its first backup after ${hours(alert.within)}`,
      ];
    case "BackupFailing":
      return [`schedule ${alert.schedule}`, "one of its backups failed, all or part"];
    case "BackupLocationDown":
      return [`location ${alert.location}`, "Velero cannot use it"];
    case "RestoreDrillFailed":
      return ["every service that is tried", "its last restore drill failed"];
    case "RestoreDrillOverdue":
      return [
        "every service that is tried",
        `none has passed for ${hours(alert.after)}, or since there are drills`,
      ];
    case "ServiceDown":
      return [alert.component, `no ${aliveText(alert.alive)} is 1`];
    case "ServiceDownOnNode":
      return [alert.component, "on a node where it should be it is not, or does not answer"];
    case "ServiceAbsent":
      return [
        alert.component,
        `there is no ${aliveText(alert.alive)}${alert.heldBack === true ? ", though the prober is there" : ""}`,
      ];
    case "ProbeSlow":
      return [alert.component, "a probe takes more than two seconds"];
    case "JobFailed":
      return [`${alert.runs} ${alert.job}`, "a run has failed and none after it has succeeded"];
    case "JobOverdue":
      return [`schedule ${alert.job}`, `nothing has succeeded for ${hours(alert.after)}`];
  }
}

const volumeText = (volume: string | undefined) =>
  volume === undefined ? "every claim of the chart" : `volume ${volume}`;
const hours = (seconds: number) => `${Math.round(seconds / 36) / 100} hours`;
