// Lets Node load the generator quickly; in every thread before the rest.
import module from "node:module";
import { fileURLToPath } from "node:url";

module.enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/rzp", import.meta.url)));
module.registerHooks({ resolve });

const sources = new URL("./src/", import.meta.url).href;
const zod = /\/node_modules\/zod\//;
/** Error messages in 64 languages, as `z.locales`. English is loaded by who needs it, zod itself among them. */
const languages = /\/node_modules\/zod\/v4\/locales\/index\.js$/;

/**
 * Files of the generator and of zod name each other by their paths, in full. Node would look at the file system
 * for each of 1,300 imports, which is a third of the time the generator takes to load.
 */
function resolve(specifier, context, next) {
  const { parentURL } = context;
  if (!specifier.startsWith(".") || parentURL === undefined) return next(specifier, context);
  if (specifier.endsWith(".ts") && parentURL.startsWith(sources))
    return found(specifier, parentURL, "module-typescript");
  return specifier.endsWith(".js") && zod.test(parentURL)
    ? found(specifier, parentURL, "module")
    : next(specifier, context);
}

function found(specifier, parentURL, format) {
  const { href } = new URL(specifier, parentURL);
  const url = languages.test(href) ? new URL("en.js", href).href : href;
  return { url, format, shortCircuit: true };
}
