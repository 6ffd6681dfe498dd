{{/*
GRPCRoutes, by header. From values: routes.<name> with kind: GRPCRoute.
Call: {{ include "rzp-lib.kind.grpcroute" . }}
*/}}
{{- define "rzp-lib.kind.grpcroute" -}}
{{- include "rzp-lib.routes" (dict "root" . "kind" "GRPCRoute") }}
{{- end }}
