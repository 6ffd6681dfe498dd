/**
 * References inside objects and values of a chart: those of variables, but for what a container alone can read. Here
 * `{ lan: "eth0" }` may be data as well: only names that exist, or are near to one, are meant as a reference.
 */
import { clusterFactIn } from "../../model/cluster-facts.ts";
import type { Tree } from "../../model/data.ts";
import type { ConfigFile } from "../../model/tree.ts";
import { askedFor, text } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { shortValue } from "../../problems/issues/text.ts";
import type { Problem } from "../../problems/problem.ts";
import { nearest } from "../../problems/suggest.ts";
import { routeAskedFor } from "../../release/network/route-hosts.ts";
import { offerAskedFor, offeredKeys } from "../../release/offers/offers.ts";
import type { OfferAsked } from "../../release/offers/offers.ts";
import { hostAskedFor, mapsBeside } from "../../release/references.ts";
import { checkClusterFact, checkLanHost } from "./cluster.ts";
import { checkOffer } from "./offers.ts";
import type { OfferSite } from "./offers.ts";
import { checkRouteHost } from "./route-hosts.ts";

/** Problems: CLUSTER_FACT_MISSING, LAN_HOST_UNKNOWN, ROUTE_HOST_UNKNOWN, FROM_…, COMPONENT_UNKNOWN, REFERENCE_OUT_OF_PLACE. */
export function checkInObjects(site: OfferSite, configFiles: readonly ConfigFile[]): Problem[] {
  const files = configFiles.map(({ file }) => file);
  return mapsBeside(site.release.service).flatMap(([keys, value]) =>
    checkValue(site, files, keys, value),
  );
}

function checkValue(site: OfferSite, files: readonly string[], keys: Keys, value: Tree): Problem[] {
  const fact = clusterFactIn(value);
  if (fact !== undefined) return checkClusterFact(site, [...keys, "cluster"], fact);
  const route = routeAskedFor(value);
  if (route !== undefined) return checkRouteHost(site, [...keys, "routeHost"], route);
  const host = hostAskedFor(value);
  if (host !== undefined)
    return isMeant(host, site.hosts) ? checkLanHost(site, [...keys, "lan"], host) : [];
  const offer = offerAskedFor(value);
  if (offer !== undefined)
    return isOfferMeant(site, offer) ? checkOffer(site, undefined, keys, offer) : [];
  const instead = outOfPlace(value, files, keys);
  if (instead === undefined) return [];
  return [
    site.report("REFERENCE_OUT_OF_PLACE", keys, {
      message: `${instead.what} means nothing here, and the value would stay as it is`,
      found: shortValue(value),
      expected: "a value, secret(), from(), cluster(), lan() or routeHost()",
      fix: instead.fix,
    }),
  ];
}

const isMeant = (name: string, names: readonly string[]): boolean =>
  names.includes(name) || nearest(name, names) !== undefined;

/** What ports and logins give. Other keys have names of their own, which only their service knows. */
const usualKey = /(^|-)(host|port|url|user|password|database)$/;

function isOfferMeant(
  { services, existing, release: { service, facts } }: OfferSite,
  { from, key }: OfferAsked,
): boolean {
  const names = [...existing, ...service.components.map((peer) => `./${peer.name}`)];
  const name = names.includes(from) ? from : nearest(from, names);
  if (name === undefined) return false;
  const provider = services.get(name);
  const offered = provider === undefined ? [] : [...offeredKeys(provider, facts).keys()];
  return usualKey.test(key) || isMeant(key, offered);
}

/** What is filled in elsewhere; undefined for any other value. */
function outOfPlace(
  value: Tree,
  files: readonly string[],
  [top]: Keys,
): { readonly what: string; readonly fix: string } | undefined {
  const field = askedFor(value, "pod");
  if (field !== undefined && /^(metadata|spec|status)\.\w+$/.test(field))
    return {
      what: "pod(), which variables of a container read,",
      fix: `write it as Kubernetes has it, where a variable of a pod stands: valueFrom: { fieldRef: { fieldPath: ${JSON.stringify(field)} } }`,
    };
  const file = askedFor(value, "file");
  if (file !== undefined && isMeant(file, files))
    return { what: "file(), which containers mount,", fix: "write the text itself" };
  if (/^(log-pipeline|dashboards|restore-plan)$/.test(text(value, "writes") ?? ""))
    return {
      what: "a file that RZP writes, which containers mount,",
      fix: "write it under files of a container",
    };
  if (top === "chart" && askedFor(value, "gatewayListeners") !== undefined)
    return {
      what: "gatewayListeners(), which a Gateway has,",
      fix: "write the Gateway under objects, with its listeners there",
    };
  return undefined;
}
