{{/*
One container, as an item of a list.
Reads: root; key (path of the container); name; container (values); pod (values of its pod); sidecar:
true for a native sidecar; volumes: the names of the volumes it may mount.
Call: {{- include "rzp-lib.container" (dict "root" $ "key" $key "name" "main" "container" $container "pod" $pod "volumes" $names) | nindent 2 }}
*/}}
{{- define "rzp-lib.container" -}}
{{- $container := .container -}}
- name: {{ include "rzp-lib.word" .name }}
  image: {{ include "rzp-lib.word" $container.image }}
  {{- if .sidecar }}
  restartPolicy: Always
  {{- end }}
  {{- with $container.command }}
  command:
    {{- range . }}
    - {{ include "rzp-lib.text" (dict "text" . "indent" 6) }}
    {{- end }}
  {{- end }}
  {{- with $container.args }}
  args:
    {{- range . }}
    - {{ include "rzp-lib.text" (dict "text" . "indent" 6) }}
    {{- end }}
  {{- end }}
  {{- with $container.folder }}
  workingDir: {{ include "rzp-lib.word" . }}
  {{- end }}
  {{- with $container.env }}
  env:
    {{- include "rzp-lib.container.env" . | nindent 4 }}
  {{- end }}
  {{- with $container.envFrom }}
  envFrom:
    {{- range . }}
    - secretRef:
        name: {{ include "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  {{- with $container.ports }}
  ports:
    {{- range $name, $port := . }}
    - name: {{ include "rzp-lib.word" $name }}
      containerPort: {{ int64 $port.port }}
      protocol: {{ $port.protocol | default "TCP" }}
    {{- end }}
  {{- end }}
  {{- with include "rzp-lib.probes" (dict "root" .root "key" .key "container" $container) }}
  {{- . | nindent 2 }}
  {{- end }}
  resources:
    {{- include "rzp-lib.resources" $container.resources | nindent 4 }}
  {{- with $container.mounts }}
  volumeMounts:
    {{- range $index, $mount := . }}
    {{- if not (has $mount.volume $.volumes) }}
    {{- include "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.mounts[%d].volume" $.key $index) "text" (printf "the pod has no volume %q; it has: %s." $mount.volume (join ", " $.volumes | default "none"))) }}
    {{- end }}
    - name: {{ include "rzp-lib.word" $mount.volume }}
      mountPath: {{ include "rzp-lib.word" $mount.at }}
      {{- with $mount.subPath }}
      subPath: {{ include "rzp-lib.word" . }}
      {{- end }}
      {{- if $mount.readOnly }}
      readOnly: true
      {{- end }}
    {{- end }}
  {{- end }}
  securityContext:
    {{- include "rzp-lib.container.security" (dict "security" $container.security "pod" .pod) | nindent 4 }}
{{- end }}

{{/*
Environment variables by name; those that refer to others with $(…) come after all others.
Reads: the map of variables: a text, {secret, key} or {field}.
Call: {{- include "rzp-lib.container.env" $container.env | nindent 4 }}
*/}}
{{- define "rzp-lib.container.env" -}}
{{- $plain := list -}}
{{- $referring := list -}}
{{- range $name, $value := . -}}
{{- if and (kindIs "string" $value) (contains "$(" $value) -}}
{{- $referring = append $referring $name -}}
{{- else -}}
{{- $plain = append $plain $name -}}
{{- end -}}
{{- end -}}
{{- range $index, $name := concat $plain $referring -}}
{{- $value := get $ $name -}}
{{- if $index }}{{ print "\n" }}{{ end -}}
- name: {{ include "rzp-lib.word" $name }}
{{- if kindIs "string" $value }}
  value: {{ include "rzp-lib.text" (dict "text" $value "indent" 4) }}
{{- else if $value.secret }}
  valueFrom:
    secretKeyRef:
      name: {{ include "rzp-lib.word" $value.secret }}
      key: {{ include "rzp-lib.word" $value.key }}
{{- else }}
  valueFrom:
    fieldRef:
      fieldPath: {{ include "rzp-lib.word" $value.field }}
{{- end }}
{{- end -}}
{{- end }}

{{/*
Requests and limits. Memory is always limited, processor time only where it says so.
Reads: cpu, memory, memoryLimit, cpuLimit, scratch, devices, claims.
Call: {{- include "rzp-lib.resources" $container.resources | nindent 4 }}
*/}}
{{- define "rzp-lib.resources" -}}
requests:
  cpu: {{ include "rzp-lib.word" .cpu }}
  memory: {{ include "rzp-lib.word" .memory }}
  {{- include "rzp-lib.resources.both" . }}
limits:
  {{- with .cpuLimit }}
  cpu: {{ include "rzp-lib.word" . }}
  {{- end }}
  memory: {{ include "rzp-lib.word" .memoryLimit }}
  {{- include "rzp-lib.resources.both" . }}
{{- with .claims }}
claims:
  {{- range . }}
  - name: {{ include "rzp-lib.word" . }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
What is requested and limited alike: ephemeral storage and devices.
Reads: scratch, devices. Call: {{- include "rzp-lib.resources.both" $resources }}
*/}}
{{- define "rzp-lib.resources.both" -}}
{{- with .scratch }}
  ephemeral-storage: {{ include "rzp-lib.word" . }}
{{- end }}
{{- range $name, $count := .devices }}
  {{ include "rzp-lib.word" $name }}: {{ int64 $count }}
{{- end }}
{{- end }}

{{/*
Security context of a container: restricted, but for what `security` loosens.
Reads: security.{user, group, addCapabilities, writableRoot, escalation, privileged, unconfined};
pod.root: then the pod says nothing about root and every container does.
Call: {{- include "rzp-lib.container.security" (dict "security" $container.security "pod" $pod) | nindent 4 }}
*/}}
{{- define "rzp-lib.container.security" -}}
{{- $security := .security | default dict -}}
{{- $root := eq (toString $security.user) "0" -}}
{{- if not (kindIs "invalid" $security.user) -}}
runAsUser: {{ int64 $security.user }}
{{ end -}}
{{- if not (kindIs "invalid" $security.group) -}}
runAsGroup: {{ int64 $security.group }}
{{ end -}}
{{- if or $root .pod.root -}}
runAsNonRoot: {{ not $root }}
{{ end -}}
{{- if $security.privileged -}}
privileged: true
{{ else -}}
allowPrivilegeEscalation: {{ $security.escalation | default false }}
{{ end -}}
readOnlyRootFilesystem: {{ not $security.writableRoot }}
{{- if not $security.privileged }}
capabilities:
  {{- with $security.addCapabilities }}
  add:
    {{- range . }}
    - {{ include "rzp-lib.word" . }}
    {{- end }}
  {{- end }}
  drop:
    - ALL
{{- end }}
{{- if $security.unconfined }}
seccompProfile:
  type: Unconfined
{{- end }}
{{- end }}
