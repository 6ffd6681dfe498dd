{{/*
One container, as an item of a list of its pod.
An image whose tag starts with a digit (which is less than a colon) is a version: most are, and need no further look.
Reads: root; key (path of the container); name; container (values); pod (values of its pod); sidecar:
true for a native sidecar; volumes: the names of the volumes it may mount.
Call: {{- template "rzp-lib.container" (dict "root" $ "key" $key "name" "main" "container" $container "pod" $pod "volumes" $names) }}
*/}}
{{- define "rzp-lib.container" -}}
{{- $container := .container }}
{{- $tag := splitList ":" $container.image | last }}
{{- if or (ge $tag ":") (contains "/" $tag) }}{{ template "rzp-lib.image.check" (dict "root" .root "key" .key "image" $container.image) }}{{ end }}
    - name: {{ template "rzp-lib.word" .name }}
      image: {{ template "rzp-lib.word" $container.image }}
      {{- if .sidecar }}
      restartPolicy: Always
      {{- end }}
      {{- with $container.command }}
      command:
        {{- range . }}
        - {{ template "rzp-lib.text" (dict "text" . "indent" 10) }}
        {{- end }}
      {{- end }}
      {{- with $container.args }}
      args:
        {{- range . }}
        - {{ template "rzp-lib.text" (dict "text" . "indent" 10) }}
        {{- end }}
      {{- end }}
      {{- with $container.folder }}
      workingDir: {{ template "rzp-lib.word" . }}
      {{- end }}
      {{- with $container.env }}
      env:
        {{- template "rzp-lib.container.env" . }}
      {{- end }}
      {{- with $container.envFrom }}
      envFrom:
        {{- range . }}
        - secretRef:
            name: {{ template "rzp-lib.word" . }}
        {{- end }}
      {{- end }}
      {{- with $container.ports }}
      ports:
        {{- range $name, $port := . }}
        - name: {{ template "rzp-lib.word" $name }}
          containerPort: {{ int64 $port.port }}
          protocol: {{ $port.protocol | default "TCP" }}
        {{- end }}
      {{- end }}
      {{- if $container.probes }}
      {{- template "rzp-lib.probes" (dict "root" .root "key" .key "container" $container) }}
      {{- end }}
      resources:
        {{- include "rzp-lib.resources" $container.resources | nindent 8 }}
      {{- with $container.mounts }}
      volumeMounts:
        {{- range $index, $mount := . }}
        {{- if not (has $mount.volume $.volumes) }}
        {{- template "rzp-lib.refuse" (dict "root" $.root "key" (printf "%s.mounts[%d].volume" $.key $index) "text" (printf "the pod has no volume %q; it has: %s." $mount.volume (join ", " $.volumes | default "none"))) }}
        {{- end }}
        - name: {{ template "rzp-lib.word" $mount.volume }}
          mountPath: {{ template "rzp-lib.word" $mount.at }}
          {{- with $mount.subPath }}
          subPath: {{ template "rzp-lib.word" . }}
          {{- end }}
          {{- if $mount.readOnly }}
          readOnly: true
          {{- end }}
        {{- end }}
      {{- end }}
      securityContext:
        {{- template "rzp-lib.container.security" (dict "security" ($container.security | default dict) "pod" .pod) }}
{{- end }}

{{/*
Environment variables by name; those that refer to others with $(…) come after all others.
Reads: the map of variables: a text, {secret, key} or {field}.
Call: {{- template "rzp-lib.container.env" $container.env }}
*/}}
{{- define "rzp-lib.container.env" -}}
{{- $referring := dict }}
{{- range $name, $value := . }}
{{- if not (kindIs "string" $value) }}
        - name: {{ template "rzp-lib.word" $name }}
          valueFrom:
            {{- if $value.secret }}
            secretKeyRef:
              name: {{ template "rzp-lib.word" $value.secret }}
              key: {{ template "rzp-lib.word" $value.key }}
            {{- else }}
            fieldRef:
              fieldPath: {{ template "rzp-lib.word" $value.field }}
            {{- end }}
{{- else if contains "$(" $value }}
{{- $_ := set $referring $name $value }}
{{- else }}
        - name: {{ template "rzp-lib.word" $name }}
          value: {{ template "rzp-lib.text" (dict "text" $value "indent" 12) }}
{{- end }}
{{- end }}
{{- range $name, $value := $referring }}
        - name: {{ template "rzp-lib.word" $name }}
          value: {{ template "rzp-lib.text" (dict "text" $value "indent" 12) }}
{{- end }}
{{- end }}

{{/*
Requests and limits. Memory is always limited, processor time only where it says so.
Reads: cpu, memory, memoryLimit, cpuLimit, scratch, devices, claims.
Call: {{- include "rzp-lib.resources" $container.resources | nindent 8 }}
*/}}
{{- define "rzp-lib.resources" -}}
requests:
  cpu: {{ template "rzp-lib.word" .cpu }}
  memory: {{ template "rzp-lib.word" .memory }}
  {{- template "rzp-lib.resources.both" . }}
limits:
  {{- with .cpuLimit }}
  cpu: {{ template "rzp-lib.word" . }}
  {{- end }}
  memory: {{ template "rzp-lib.word" .memoryLimit }}
  {{- template "rzp-lib.resources.both" . }}
{{- with .claims }}
claims:
  {{- range . }}
  - name: {{ template "rzp-lib.word" . }}
  {{- end }}
{{- end }}
{{- end }}

{{/*
What is requested and limited alike: ephemeral storage and devices.
Reads: scratch, devices. Call: {{- template "rzp-lib.resources.both" $resources }}
*/}}
{{- define "rzp-lib.resources.both" -}}
{{- with .scratch }}
  ephemeral-storage: {{ template "rzp-lib.word" . }}
{{- end }}
{{- range $name, $count := .devices }}
  {{ template "rzp-lib.word" $name }}: {{ int64 $count }}
{{- end }}
{{- end }}

{{/*
Security context of a container: restricted, but for what `security` loosens.
Reads: security.{user, group, addCapabilities, writableRoot, escalation, privileged, unconfined};
pod.root: then the pod says nothing about root and every container does.
Call: {{- template "rzp-lib.container.security" (dict "security" $security "pod" $pod) }}
*/}}
{{- define "rzp-lib.container.security" -}}
{{- $root := eq (toString .security.user) "0" }}
{{- with .security }}
        {{- if not (kindIs "invalid" .user) }}
        runAsUser: {{ int64 .user }}
        {{- end }}
        {{- if not (kindIs "invalid" .group) }}
        runAsGroup: {{ int64 .group }}
        {{- end }}
{{- end }}
        {{- if or $root .pod.root }}
        runAsNonRoot: {{ not $root }}
        {{- end }}
        {{- if .security.privileged }}
        privileged: true
        {{- else }}
        allowPrivilegeEscalation: {{ .security.escalation | default false }}
        {{- end }}
        readOnlyRootFilesystem: {{ not .security.writableRoot }}
        {{- if not .security.privileged }}
        capabilities:
          {{- with .security.addCapabilities }}
          add:
            {{- range . }}
            - {{ template "rzp-lib.word" . }}
            {{- end }}
          {{- end }}
          drop:
            - ALL
        {{- end }}
        {{- if .security.unconfined }}
        seccompProfile:
          type: Unconfined
        {{- end }}
{{- end }}
