/** An overlay for an environment without a sign-in provider: a known service that is behind `sso` runs there too. */
import { Node, Project, SyntaxKind } from "ts-morph";

/** In: a values.ts. Out: names of the routes at which the gateway asks. */
export function routesWithSignIn(text: string): string[] {
  if (!text.includes('"sso"')) return [];
  const source = new Project({ useInMemoryFileSystem: true }).createSourceFile("values.ts", text);
  return source
    .getDescendantsOfKind(SyntaxKind.PropertyAssignment)
    .filter(
      (property) =>
        property.getName() === "signIn" && property.getInitializer()?.getText() === '"sso"',
    )
    .flatMap((property) => {
      const route = property.getParent().getParent();
      return Node.isPropertyAssignment(route) ? route.getName() : [];
    });
}

/** The overlay as a person would write it: nobody asks there, and why. */
export function openOverlay(
  service: string,
  environment: string,
  routes: readonly string[],
): string {
  const reason = `${environment} has no sign-in provider`;
  return [
    'import { because, overlay } from "#rzp";',
    "",
    `export default overlay(${JSON.stringify(service)}, {`,
    "  routes: {",
    ...routes.map(
      (route) => `    ${route}: { signIn: because("none", ${JSON.stringify(reason)}) },`,
    ),
    "  },",
    "});",
    "",
  ].join("\n");
}
