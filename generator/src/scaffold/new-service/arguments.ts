/** What `--image` and `--port` must be for a service nobody knows. No file says them, so no file is the place. */
import { Image } from "../../model/primitives.ts";
import { serviceFile } from "../../model/paths.ts";
import type { Problem } from "../../problems/problem.ts";
import { nearest } from "../../problems/suggest.ts";
import { isFloating } from "../../release/images/references.ts";
import { catalogueNames } from "./catalogue.ts";

interface Arguments {
  readonly name: string;
  readonly image: string | undefined;
  readonly port: number | undefined;
  /** Where it is to run, and whether the command line says so. */
  readonly environment: string;
  readonly isEnvironmentSaid: boolean;
}

const commandLine = { file: "" };

/** Problems of `--image` itself: SPEC_WRONG_VALUE where it is none, IMAGE_FLOATING where it moves. */
export function refuseImage(wanted: Arguments): Problem | undefined {
  const { image } = wanted;
  if (image === undefined) return undefined;
  const legal = Image.safeParse(image);
  const common = { severity: "error", place: commandLine, found: `--image ${image}` } as const;
  if (!legal.success)
    return {
      ...common,
      code: "SPEC_WRONG_VALUE",
      message: "what --image names on the command line is no image",
      expected: legal.error.issues[0]?.message ?? "",
      fix: commandFor({ ...wanted, image: undefined }),
    };
  if (!isFloating(image)) return undefined;
  const [repository = image] = image.split(/:(?!.*\/)/);
  return {
    ...common,
    code: "IMAGE_FLOATING",
    message: "the image that --image names on the command line may be another one tomorrow",
    expected: "--image with a tag that stays, or with a digest",
    fix: `take the version that runs today: ${commandFor({ ...wanted, image: `${repository}:1.2.3` })}`,
  };
}

/** Problem SERVICE_UNKNOWN: neither the catalogue nor the command line says all that is needed; nothing is guessed. */
export function incompleteService(wanted: Arguments, isKnown: boolean): Problem {
  const { name, image, port } = wanted;
  const near = isKnown || image !== undefined ? undefined : nearest(name, catalogueNames());
  return {
    code: "SERVICE_UNKNOWN",
    severity: "error",
    place: commandLine,
    message: messageOf(wanted, isKnown),
    ...(image === undefined && port === undefined ? {} : { found: foundOf(wanted) }),
    expected:
      image === undefined
        ? `--image and --port, or a known service: ${catalogueNames().join(", ")}`
        : "--port with the port the image listens on, from 1 to 65535",
    fix: fixOf(wanted, near),
  };
}

function fixOf(wanted: Arguments, near: string | undefined): string {
  const { name, image, environment } = wanted;
  const command = commandFor(wanted);
  if (near !== undefined)
    return `npm run new-service ${near}${environmentOption(wanted, " --")}, or ${command}`;
  return image === undefined
    ? command
    : `${command}; for a program that listens on no port write ${serviceFile(name)} by hand, with health: because(false, "say why here"), then npm run new-service ${name} -- --environment ${environment}`;
}

function messageOf({ name, image, port }: Arguments, isKnown: boolean): string {
  if (image === undefined)
    return port === undefined
      ? `nobody knows \`${name}\``
      : `nobody knows \`${name}\`, and --port alone does not say what runs`;
  const own = isKnown ? " with an image of your own" : "";
  return `the port of ${name}${own} is not known: no --port was given, and none is guessed, so nothing was written`;
}

const foundOf = ({ image, port }: Arguments) =>
  [image === undefined ? [] : `--image ${image}`, port === undefined ? [] : `--port ${port}`]
    .flat()
    .join(" ");

/** The whole command, complete. */
function commandFor(wanted: Arguments): string {
  const { name, image = `ghcr.io/me/${name}:1.2.3`, port = 8080 } = wanted;
  return `npm run new-service ${name} -- --image ${image} --port ${port}${environmentOption(wanted)}`;
}

const environmentOption = ({ environment, isEnvironmentSaid }: Arguments, before = ""): string =>
  isEnvironmentSaid ? `${before} --environment ${environment}` : "";
