{{/*
HorizontalPodAutoscalers, by the use of the main container alone: a sidecar's use says nothing about
the load. Five minutes of calm before pods go.
From values: scale.<name>.{component, min, max, cpu, memory}; workloads.<component>.{runs, objectName}.
Call: {{ template "rzp-lib.kind.horizontalpodautoscaler" . }}
*/}}
{{- define "rzp-lib.kind.horizontalpodautoscaler" -}}
{{- range $name, $scale := .Values.service.scale }}
{{- template "rzp-lib.component.check" (dict "root" $ "key" (printf "scale.%s.component" $name) "component" $scale.component) }}
{{- $workload := get ($.Values.service.workloads | default dict) $scale.component | default dict }}
{{- if not (has $workload.runs (list "Deployment" "StatefulSet")) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "scale.%s.component" $name) "text" (printf "%q is not a Deployment or a StatefulSet." $scale.component)) }}
{{- end }}
{{- if not (kindIs "invalid" $workload.replicas) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "workloads.%s.replicas" $scale.component) "text" "the autoscaler sets the pods; take it out.") }}
{{- end }}
{{- if not (or $scale.cpu $scale.memory) }}
{{- include "rzp-lib.refuse" (dict "root" $ "key" (printf "scale.%s" $name) "text" "says nothing to scale by; give cpu or memory.") }}
{{- end }}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
{{ template "rzp-lib.metadata" (dict "root" $ "kind" "HorizontalPodAutoscaler" "name" $name "component" $scale.component) }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: {{ $workload.runs }}
    name: {{ template "rzp-lib.word" $workload.objectName }}
  minReplicas: {{ int64 $scale.min }}
  maxReplicas: {{ int64 $scale.max }}
  metrics:
    {{- range $resource := list "cpu" "memory" }}
    {{- with get $scale $resource }}
    - type: ContainerResource
      containerResource:
        name: {{ $resource }}
        container: {{ template "rzp-lib.word" $scale.component }}
        target:
          type: Utilization
          averageUtilization: {{ int64 . }}
    {{- end }}
    {{- end }}
  behavior:
    scaleDown:
      stabilizationWindowSeconds: 300
{{- end }}
{{- end }}
