/** A service with its overlay merged in, judged again by the model. */
import { serviceFile } from "../model/paths.ts";
import { overlayOfKind } from "../model/overlay.ts";
import type { AuthoredService } from "../model/service.ts";
import { specOfKind } from "../model/service.ts";
import type { Judge } from "../problems/judge.ts";
import { choice, problemAt } from "../problems/report.ts";
import { identityChanges } from "./identity-changes.ts";
import { has, merge, pathsBeside } from "./merge.ts";
import { unknownNames } from "./unknown-names.ts";

/** Problems: OVERLAY_REMOVES_NOTHING, OVERLAY_UNKNOWN_NAME, and those of identityChanges. */
export const mergedByModel: Judge["merged"] = ({ environment, service, base, overlay }) => {
  const removed = overlay.remove.flatMap((path, index) =>
    has(base.spec, path)
      ? []
      : [
          problemAt(
            "OVERLAY_REMOVES_NOTHING",
            overlay.file,
            ["remove", index],
            {
              message: `${service} has nothing at \`${path}\``,
              ...choice(
                path,
                pathsBeside(base.spec, path).filter((other) => mayGo(base, other)),
                "delete the line",
              ),
            },
            environment,
          ),
        ],
  );
  const changed = identityChanges(base, overlay, environment);
  if (changed.length > 0) return { problems: [...removed, ...changed], rejections: [] };
  const merged = merge(base.spec, overlay.spec, overlay.remove);
  const schema = specOfKind[base.kind];
  const result = schema.safeParse(merged);
  if (result.success) return { data: result.data, problems: removed, rejections: [] };
  const { problems, rest } = unknownNames(base, overlay, result.error, environment);
  const files = [overlay.file, serviceFile(service)];
  return {
    problems: [...removed, ...problems],
    rejections:
      rest === undefined ? [] : [{ files, schema, value: merged, error: rest, environment }],
  };
};

/** Identity stays, so no overlay may remove it. */
const mayGo = ({ kind }: AuthoredService, path: string): boolean =>
  (path.split(".")[0] ?? "") in overlayOfKind[kind].shape;
