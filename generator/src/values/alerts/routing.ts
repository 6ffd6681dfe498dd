/** Who is told of alerts, as Alertmanager takes it. */
import type { AlertName } from "../../model/alerts.ts";
import type { Derived } from "../../model/derived.ts";
import type {
  AlertRoute,
  AlertRouting,
  DeadMansSwitch,
  Receiver,
} from "../../model/alert-routing.ts";
import { alertSecret, ownService } from "../../model/names.ts";
import type { Release } from "../../model/platform.ts";
import type { ServiceValues } from "../../model/values/service.ts";
import { seconds } from "../../model/units.ts";
import { alertRoutingOf, switchOf } from "../../release/monitoring/alert-receivers.ts";
import { environmentFact } from "../../release/causes.ts";
import { compact } from "../compact.ts";
import { quietTimes } from "./quiet-times.ts";

type Values = ServiceValues["alertRouting"];
type Route = NonNullable<Values[string]["routes"]>[number];
type ReceiverValues = Values[string]["receivers"][number];

/** Of the release that carries Alertmanager, for all environments of its cluster. */
export function alertRouting(release: Release): Values {
  const derived = derivedAlertRouting(release);
  return derived === undefined ? {} : { [release.facts.name]: derived.value };
}

export function derivedAlertRouting(release: Release): Derived<Values[string]> | undefined {
  const routing = alertRoutingOf(release);
  if (routing === undefined) return undefined;
  const { receivers, otherwise, quietHours } = routing;
  const deadMansSwitch = switchOf(routing);
  return {
    value: {
      secret: alertSecret,
      platform: ownService,
      receivers: Object.entries(receivers)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, receiver]) => ({
          ...receiverValues(name, receiver),
          // Prometheus dies, its Watchdog ends: being told so would be one more sign of life.
          ...(name === deadMansSwitch?.to && { beat: true as const }),
        })),
      otherwise,
      ...compact({
        // Without somebody whom it tells that alerts arrive, it would only disturb.
        ignores: deadMansSwitch === undefined ? watchdog : undefined,
        routes: allRoutes(routing),
        quiet: quietTimes(quietHours, release.facts.timeZone),
      }),
    },
    rule: "alerts-told",
    causes: [environmentFact(release.facts, "alerts")],
  };
}

const watchdog: AlertName = "Watchdog";

function receiverValues(name: string, receiver: Receiver): ReceiverValues {
  if ("email" in receiver) {
    const { email, from, server, user, password } = receiver;
    const signsIn = compact({ user, password: password?.secret });
    return { name, email: { to: email, from, server, ...signsIn } };
  }
  if ("discord" in receiver) return { name, discord: receiver.discord.secret };
  const [address, token] =
    "ntfy" in receiver ? [receiver.ntfy, receiver.token] : [receiver.webhook, receiver.bearer];
  return { name, webhook: address.secret, ...compact({ token: token?.secret }) };
}

/** The dead man's switch first, at last what no route takes: warnings of these wait too. */
function allRoutes(routing: AlertRouting): Route[] {
  const { routes = [], quietHours, otherwise } = routing;
  const deadMansSwitch = switchOf(routing);
  const waits = quietHours !== undefined;
  return [
    ...(deadMansSwitch === undefined ? [] : [beat(deadMansSwitch)]),
    ...routes.flatMap((route) => routesOf(route, waits)),
    ...(waits ? [{ to: otherwise, matches: { severity: ["warning"] }, waits: true as const }] : []),
  ];
}

/**
 * Alertmanager looks at a group once an interval, and sends again what it sent longer ago than `repeat`. Were both the same, the last
 * message would be a little too young at each second look, by the time that sending takes. With half of it every look sends one.
 */
function beat({ to, every = "5m" }: DeadMansSwitch): Route {
  return {
    to,
    matches: { alertname: [watchdog] },
    wait: "0s",
    interval: every,
    repeat: `${Math.ceil(seconds(every) / 2)}s`,
  };
}

/** A route that takes both severities is two where one of them waits in quiet hours. */
function routesOf(route: AlertRoute, waits: boolean): Route[] {
  const severities = route.severities ?? ["critical", "warning"];
  return (waits ? severities.map((one) => [one]) : [severities]).map((group) => ({
    to: route.to,
    matches: {
      ...compact({ environment: route.environments, tier: route.tiers }),
      severity: group,
    },
    ...compact({ repeat: route.repeat }),
    ...(waits && group.includes("warning") ? { waits: true as const } : {}),
  }));
}
