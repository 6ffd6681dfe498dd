{{/*
Objects of kind Service. The label rzp.local/kubernetes-service is its name, so that a monitor
selects one and not its headless twin. (The entry of the library is `rzp-lib.service`, in _all.tpl.)
From values: services.<name>.{component, selects, ports, headless, publishNotReady, sticky, loadBalancer}.
Call: {{ template "rzp-lib.kind.service" . }}
*/}}
{{- define "rzp-lib.kind.service" -}}
{{- range $name, $own := .Values.service.services }}
{{- template "rzp-lib.service.check" (dict "root" $ "key" (printf "services.%s" $name) "own" $own) }}
{{- $isBalanced := kindIs "map" $own.loadBalancer }}
{{- $balancer := $own.loadBalancer | default dict }}
{{- $annotations := $balancer.annotations }}
{{- with $balancer.address }}{{ $annotations = merge (dict "metallb.io/loadBalancerIPs" .) ($annotations | default dict) }}{{ end }}
---
apiVersion: v1
kind: Service
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Service" "name" $name "component" $own.component "labels" (dict "rzp.local/kubernetes-service" $name) "annotations" $annotations) }}
spec:
  type: {{ if $isBalanced }}LoadBalancer{{ else }}ClusterIP{{ end }}
  {{- if $own.headless }}
  clusterIP: None
  {{- end }}
  {{- if $isBalanced }}
  allocateLoadBalancerNodePorts: false
  externalTrafficPolicy: {{ if $balancer.keepClientAddress }}Local{{ else }}Cluster{{ end }}
  {{- with $balancer.clients }}
  loadBalancerSourceRanges:
    {{- range . }}
    - {{ template "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  {{- end }}
  {{- if $own.publishNotReady }}
  publishNotReadyAddresses: true
  {{- end }}
  {{- if $own.sticky }}
  sessionAffinity: ClientIP
  {{- end }}
  selector:
    {{- if $own.selects }}
    {{- include "rzp-lib.pairs" $own.selects | nindent 4 }}
    {{- else }}
    {{- include "rzp-lib.selector" (dict "root" $ "component" $own.component) | nindent 4 }}
    {{- end }}
  ports:
    {{- range $port, $value := $own.ports }}
    - name: {{ template "rzp-lib.word" $port }}
      port: {{ int64 $value.port }}
      targetPort: {{ if kindIs "string" $value.target }}{{ template "rzp-lib.word" $value.target }}{{ else }}{{ int64 $value.target }}{{ end }}
      protocol: {{ $value.protocol | default "TCP" }}
      {{- with $value.appProtocol }}
      appProtocol: {{ template "rzp-lib.word" . }}
      {{- end }}
    {{- end }}
{{- end }}
{{- end }}

{{/*
Refuses a Service of a component, or for a port, that is not there.
Reads: root, key, own (values of the Service). From values: workloads.<component>.{ports, sidecars, sidecarsAfterInit}.
Call: {{- template "rzp-lib.service.check" (dict "root" $ "key" "services.web" "own" $own) }}
*/}}
{{- define "rzp-lib.service.check" -}}
{{- if and .own.headless (kindIs "map" .own.loadBalancer) -}}
{{- include "rzp-lib.refuse" (dict "root" .root "key" .key "text" "is headless and has a load balancer; take one of the two out.") -}}
{{- end -}}
{{- if not .own.selects -}}
{{- template "rzp-lib.component.check" (dict "root" .root "key" (printf "%s.component" .key) "component" .own.component) -}}
{{- with get (.root.Values.service.workloads | default dict) .own.component -}}
{{- $ports := keys (.ports | default dict) -}}
{{- range concat (.sidecars | default list) (.sidecarsAfterInit | default list) }}{{ $ports = concat $ports (keys (.ports | default dict)) }}{{ end -}}
{{- range $name, $port := $.own.ports -}}
{{- if and (kindIs "string" $port.target) (not (has $port.target $ports)) -}}
{{- include "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.ports.%s.target" $.key $name) "text" (printf "the component %q has no port %q; it has: %s." $.own.component $port.target (sortAlpha $ports | join ", " | default "none"))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
