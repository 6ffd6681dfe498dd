import { expect, test } from "vitest";
import { cacheFolder } from "./folder.ts";

test.each([
  [{}, "/home/.cache/rzp", "/home/.cache/rzp/tools"],
  [{ XDG_CACHE_HOME: "/xdg" }, "/xdg/rzp", "/xdg/rzp/tools"],
  [{ XDG_CACHE_HOME: "" }, "/home/.cache/rzp", "/home/.cache/rzp/tools"],
  [{ XDG_CACHE_HOME: "relative" }, "/home/.cache/rzp", "/home/.cache/rzp/tools"],
  [{ RZP_CACHE: "/own", XDG_CACHE_HOME: "/xdg" }, "/own", "/xdg/rzp/tools"],
  [{ RZP_TOOLS_CACHE: "/own", XDG_CACHE_HOME: "/xdg" }, "/xdg/rzp", "/own"],
  [{ RZP_CACHE: "", RZP_TOOLS_CACHE: "" }, "/home/.cache/rzp", "/home/.cache/rzp/tools"],
])("with %o what was rendered is in %s and the tools are in %s", (environment, cache, tools) => {
  expect(cacheFolder("RZP_CACHE", environment, "/home")).toBe(cache);
  expect(cacheFolder("RZP_TOOLS_CACHE", environment, "/home")).toBe(tools);
});
