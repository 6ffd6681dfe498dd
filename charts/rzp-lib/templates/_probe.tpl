{{/*
Probes: Prometheus lets a prober ask a component whether it answers. The name is that of its job too.
From values: probes.<name>.{component, prober, module, target, interval}.
Call: {{ template "rzp-lib.kind.probe" . }}
*/}}
{{- define "rzp-lib.kind.probe" -}}
{{- range $name, $probe := .Values.service.probes }}
{{- template "rzp-lib.component.check" (dict "root" $ "key" (printf "probes.%s.component" $name) "component" $probe.component) }}
---
apiVersion: monitoring.coreos.com/v1
kind: Probe
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "Probe" "name" $name "component" $probe.component) }}
spec:
  jobName: {{ template "rzp-lib.word" $name }}
  interval: {{ $probe.interval }}
  module: {{ template "rzp-lib.word" $probe.module }}
  prober:
    url: {{ quote $probe.prober }}
  targets:
    staticConfig:
      static:
        - {{ quote $probe.target }}
{{- end }}
{{- end }}
