{{/*
GRPCRoutes, by header. From values: routes.<name> with kind: GRPCRoute.
Call: {{ template "rzp-lib.kind.grpcroute" . }}
*/}}
{{- define "rzp-lib.kind.grpcroute" -}}
{{- template "rzp-lib.routes" (dict "root" . "kind" "GRPCRoute") }}
{{- end }}
