/**
 * Health of an Application, for `resource.customizations.health.argoproj.io_Application` of Argo CD. Without it
 * Argo CD takes an Application for healthy as soon as it exists, and waves of Applications wait for nothing
 * (Argo CD, "Resource Health"). Being healthy is not enough: right after a change it is the health of before.
 * One that is being deleted is not asked: Argo CD itself calls it Progressing.
 *
 * One that cannot be compared (a folder, a version of a chart or a field that is not there) never gets well by waiting, and the
 * root, which waits for its layer, takes no newer commit meanwhile, not the one that mends it either. So it is Degraded,
 * which ends the sync of the root; the next try takes the newest commit. A new one has five minutes, as on a new cluster a
 * registry that does not answer at once should not put layers out of order.
 *
 * The root syncs its own object too. A sync that waited for it would wait for its own end, so one that tracks
 * itself is healthy: its annotation `argocd.argoproj.io/tracking-id` names itself as both the owner and the
 * object (Argo CD, "Resource Tracking"; the method `annotation`, which is the default).
 */
export const applicationHealth = `local function not_yet(reason)
  return { status = "Progressing", message = reason }
end

-- In what it has compared, Argo CD writes "jsonnet" although it is empty. In values of a chart, what is empty says something.
local function alike(left, right, exact)
  if not exact then
    if left == nil then left = {} end
    if right == nil then right = {} end
  end
  if type(left) ~= "table" or type(right) ~= "table" then
    return left == right
  end
  for key, value in pairs(left) do
    if not alike(value, right[key], exact or key == "valuesObject") then
      return false
    end
  end
  for key, value in pairs(right) do
    if left[key] == nil and not alike(nil, value, exact or key == "valuesObject") then
      return false
    end
  end
  return true
end

-- What Argo CD gives to Lua prints any moment but now in the time zone here: the time in UTC is taken for one of here.
local function is_older_than(seconds)
  local os = require("os")
  local moment = os.date("%Y-%m-%dT%H:%M:%SZ", os.time(os.date("!*t")) - seconds)
  return (obj.metadata.creationTimestamp or "9") < moment
end

local name = obj.metadata.name
local itself = name .. ":argoproj.io/Application:" .. obj.metadata.namespace .. "/" .. name
local annotations = obj.metadata.annotations or {}
if annotations["argocd.argoproj.io/tracking-id"] == itself then
  return { status = "Healthy", message = "it syncs itself" }
end

local status = obj.status or {}
local sync = status.sync or {}
local health = status.health or {}
local compared = sync.comparedTo

if compared == nil or health.status == nil then
  return not_yet("it has not been compared with git yet")
end

local current = alike(obj.spec.source, compared.source)
if next(obj.spec.sources or {}) ~= nil then
  current = alike(obj.spec.sources, compared.sources)
end
if not current or not alike(obj.spec.destination, compared.destination) then
  return not_yet("what is known of it is from before its last change")
end

local operation = status.operationState or {}
if obj.operation ~= nil or operation.phase == "Running" or operation.phase == "Terminating" then
  return not_yet("a sync is running")
end
if operation.phase == "Failed" or operation.phase == "Error" then
  return { status = "Degraded", message = operation.message or "the last sync failed" }
end

local automated = (obj.spec.syncPolicy or {}).automated
local by_hand = automated == nil or automated.enabled == false
if sync.status == "Unknown" and not by_hand and is_older_than(300) then
  local said = (status.conditions or {})[1] or {}
  return { status = "Degraded", message = said.message or "it cannot be compared with git" }
end
if sync.status ~= "Synced" and not by_hand then
  return not_yet("it is not in sync: " .. tostring(sync.status))
end
if sync.status ~= "Synced" then
  return { status = health.status, message = "it is synced by hand, and not in sync" }
end

return { status = health.status, message = health.message or "" }
`;
