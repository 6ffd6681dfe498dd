/** Which port was meant by a name that no port has. */
import { choice } from "../../problems/report.ts";
import { nearest } from "../../problems/suggest.ts";

/** A port as it is written, and the number behind it. */
export interface PortName {
  readonly address: string;
  readonly number: number;
}

interface OtherWays {
  /** What else may be done; nothing where the ports are not ours to add to. */
  readonly otherwise?: string | undefined;
  /** Ports that are named in the same list, so that they were not meant. */
  readonly beside?: readonly string[];
}

/** `expected` and `fix` for a port that is not there. In: what was written, and the ports there are. */
export function portChoice(
  address: string,
  ports: readonly PortName[],
  { otherwise, beside = [] }: OtherWays,
): { found: string; expected: string; fix: string } {
  const valid = namesOf(ports);
  const open = ports.filter((port) => !beside.includes(port.address));
  const meant =
    meantByNumber(address, open) ?? nearest(address, namesOf(open)) ?? meantByName(address, open);
  const proposal = meant === undefined ? [] : [`write ${JSON.stringify(meant)}`];
  const ways = [...proposal, ...(otherwise === undefined ? [] : [otherwise])];
  return {
    ...choice(address, valid, ""),
    fix: ways.length === 0 ? noWay(valid) : ways.join(", or "),
  };
}

const noWay = (valid: readonly string[]): string =>
  valid.length === 0 ? "take it out" : "write one of its ports";

export const namesOf = (ports: readonly PortName[]) =>
  [...new Set(ports.map(({ address }) => address))].sort();

/** One that lacks only its component, or is written by its number, is the one port that it can be. */
function meantByNumber(address: string, ports: readonly PortName[]): string | undefined {
  const [component, last] = partsOf(address);
  const byNumber = ports.filter(({ number }) => String(number) === last);
  const ofComponent = byNumber.filter((port) => partsOf(port.address)[0] === component);
  return onlyOf([
    ...namesOf(ports).filter((candidate) => candidate.endsWith(`/${address}`)),
    ...namesOf(ofComponent.length > 0 ? ofComponent : byNumber),
  ]);
}

/** The same port of another component, one whose name has the word in it, the only port there is. */
function meantByName(address: string, ports: readonly PortName[]): string | undefined {
  const [component, last] = partsOf(address);
  const names = namesOf(ports);
  const nameOf = (candidate: string): string => partsOf(candidate)[1];
  const near = nearest(last, names.map(nameOf));
  const same = names.filter((it) => nameOf(it) === last);
  const nearestComponent = nearest(component, [...new Set(same.map((it) => partsOf(it)[0]))]);
  const isNear = (of: string): boolean =>
    of === nearestComponent || component.startsWith(`${of}-`) || of.startsWith(`${component}-`);
  return (
    onlyOf(same) ??
    same.find((it) => isNear(partsOf(it)[0])) ??
    onlyOf(names.filter((it) => nameOf(it).split("-").includes(last))) ??
    onlyOf(names.filter((it) => nameOf(it) === near)) ??
    onlyOf(names)
  );
}

function partsOf(address: string): readonly [component: string, name: string] {
  const [name = "", component = ""] = address.split("/").reverse();
  return [component, name];
}

function onlyOf(names: readonly string[]): string | undefined {
  const [only, ...others] = new Set(names);
  return others.length === 0 ? only : undefined;
}
