{{/*
UDPRoutes, by port of the gateway. From values: routes.<name> with kind: UDPRoute.
Call: {{ include "rzp-lib.kind.udproute" . }}
*/}}
{{- define "rzp-lib.kind.udproute" -}}
{{- include "rzp-lib.routes" (dict "root" . "kind" "UDPRoute") }}
{{- end }}
