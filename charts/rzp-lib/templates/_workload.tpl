{{/*
What the kinds of workload share.
*/}}

{{/*
Refuses an update that the kind does not have. Reads: root, component, workload.update, allowed.
Call: {{- template "rzp-lib.workload.update" (dict "root" $ "component" $name "workload" $workload "allowed" (list "RollingUpdate" "Recreate")) }}
*/}}
{{- define "rzp-lib.workload.update" -}}
{{- with .workload.update -}}
{{- if not (has . $.allowed) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" (printf "workloads.%s.update" $.component) "text" (printf "a %s has no update %q; it has: %s." $.workload.runs . (join ", " $.allowed))) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/*
The spec of a job. Its pods never restart in place: each try is a new pod, whose log stays.
Reads: root, component, workload.{endsWithin, retries}.
Call: {{- include "rzp-lib.workload.job" (dict "root" $ "component" $name "workload" $workload) | nindent 2 }}
*/}}
{{- define "rzp-lib.workload.job" -}}
{{- with .workload.endsWithin -}}
activeDeadlineSeconds: {{ int64 . }}
{{ end -}}
{{- if not (kindIs "invalid" .workload.retries) -}}
backoffLimit: {{ int64 .workload.retries }}
{{ end -}}
template:
  {{- include "rzp-lib.pod" (dict "root" .root "component" .component "workload" .workload "restart" "Never") | nindent 2 }}
{{- end }}
