{{/*
TCPRoutes, by port of the gateway. From values: routes.<name> with kind: TCPRoute.
Call: {{ include "rzp-lib.kind.tcproute" . }}
*/}}
{{- define "rzp-lib.kind.tcproute" -}}
{{- include "rzp-lib.routes" (dict "root" . "kind" "TCPRoute") }}
{{- end }}
