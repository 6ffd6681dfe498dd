/** An entry of `consumes` as a person would write it: which one is missing, and where it goes. */
import { propertyName } from "../../model/identifier.ts";
import type { ResolvedComponent, ResolvedService } from "../../model/platform.ts";
import { at } from "../../model/reading.ts";
import type { Keys } from "../../model/reading.ts";
import { pathText } from "../../problems/issues/text.ts";
import { keyedPorts, keysOfOffers, portFacts } from "../../release/offers/keys.ts";
import { loginNamed } from "./logins.ts";

/** Who would consume, and where in its file it reads what it must consume for. */
interface Reader {
  readonly service: ResolvedService;
  readonly keys: Keys;
}

/** In: what is read of a provider. Out: the entry that allows it, `"http"` or `{ login: "sonarr" }`; undefined where it has no port. */
export function edgeTo(
  provider: ResolvedService,
  key: string,
  consumer: ResolvedService,
): string | undefined {
  const isOfLogin = keysOfOffers(provider.spec.offers).some(
    ({ name, kind }) => kind === "login" && name === key,
  );
  if (isOfLogin) return loginEdge(consumer);
  const read = portOfKey(keyedPorts(provider.kind, provider.components), key);
  if (read === undefined) return undefined;
  const { component, port } = read;
  return JSON.stringify(provider.kind === "service" ? port.name : `${component.name}/${port.name}`);
}

/** The same for a component of the same service, which has no logins. */
export function edgeToPeer(peer: ResolvedComponent, key: string): string | undefined {
  const read = portOfKey(keyedPorts("service", [peer]), key);
  return read === undefined ? undefined : JSON.stringify(read.port.name);
}

/** The port whose host, number or url a key is; of a key that is no port's, the first. */
const portOfKey = (ports: ReturnType<typeof keyedPorts<ResolvedComponent>>, key: string) =>
  ports.find(({ prefix }) => portFacts.some((fact) => key === `${prefix}${fact}`)) ?? ports[0];

/** A login has the name of its service, unless it says another. */
export const loginEdge = ({ name }: ResolvedService): string =>
  `{ login: ${JSON.stringify(loginNamed(name))} }`;

/** In: who lacks the entry, the service, its edge if that is known. Out: `add consumes: { postgres: "postgres" }`, or what to add to the one there is. */
export function addition(reader: Reader, target: string, edge: string | undefined): string {
  const place = placeOf(reader);
  const isThere = at(reader.service.spec, ...place, "consumes") !== undefined;
  if (isOfOneOfSeveral(reader))
    return `add ${propertyName(target)}${edge === undefined ? "" : `: ${edge}`} to consumes of the component that calls it`;
  if (edge === undefined)
    return `add ${propertyName(target)} to ${pathText([...place, "consumes"])}, with the port it calls`;
  const entry = `${propertyName(target)}: ${edge}`;
  if (isThere) return `add ${entry} to ${pathText([...place, "consumes"])}`;
  const where = place.length === 0 ? "" : ` to ${pathText(place)}`;
  return `add consumes: { ${entry} }${where}`;
}

/** In itself or in one component; what a chart calls is said of its components alone. */
function placeOf({ service, keys: [field, component] }: Reader): Keys {
  if (field === "components" && component !== undefined) return [field, component];
  return service.kind === "chart" ? (service.components[0]?.path ?? []) : [];
}

/** Which pods of a chart read a value nobody knows. */
const isOfOneOfSeveral = ({ service, keys: [field] }: Reader) =>
  field !== "components" && service.kind === "chart" && service.components.length > 1;
