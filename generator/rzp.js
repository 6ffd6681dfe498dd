// How the commands are started. Plain JavaScript, as Node compiles the types away of what is loaded before its
// compiled code is asked for: that alone would cost every command a tenth of a second.
import module from "node:module";

// Other than through npm it may be the Node of the machine that reads this.
if ("registerHooks" in module) {
  await import("./loader.js");
  await import("./src/cli.ts");
} else {
  process.stderr.write(
    `Node ${process.version} is too old for this. Go through npm, which takes the Node that npm ci has brought: npm run render, npm run check, …\n`,
  );
  process.exitCode = 2;
}
