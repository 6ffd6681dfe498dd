/** A service with its overlay merged in, judged again by the model. */
import { serviceFile } from "../model/paths.ts";
import { specOfKind } from "../model/service.ts";
import type { Judge } from "../problems/judge.ts";
import { problemAt } from "../problems/report.ts";
import { identityChanges } from "./identity-changes.ts";
import { has, merge } from "./merge.ts";
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
              found: JSON.stringify(path),
              fix: "mend the path, or delete the line",
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
